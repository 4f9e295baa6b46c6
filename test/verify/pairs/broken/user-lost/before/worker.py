import time

print("queue: waiting for jobs")
while True:
    time.sleep(60)
