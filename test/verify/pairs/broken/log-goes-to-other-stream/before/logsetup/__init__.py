import logging
import sys

handler = logging.StreamHandler(sys.stdout)
