import time

while True:
    time.sleep(5)
    # one round: nothing is queued in the demo
