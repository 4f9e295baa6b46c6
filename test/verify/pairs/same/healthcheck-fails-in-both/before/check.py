import sys
import urllib.request

# The admin port; it has been off since version 2.
try:
    urllib.request.urlopen("http://127.0.0.1:8001/health", timeout=1)
except OSError:
    sys.exit(1)
