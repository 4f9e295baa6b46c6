import logging
import os
import time

logging.basicConfig(filename=os.environ.get("LOG_FILE"), level=logging.INFO, format="%(asctime)s %(message)s")
logging.info("jobs: %d in the queue", 0)
while True:
    time.sleep(60)
