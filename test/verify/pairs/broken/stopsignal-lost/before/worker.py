import time

print("worker: started")
try:
    while True:
        time.sleep(3600)
except KeyboardInterrupt:
    print("worker: queue saved")
