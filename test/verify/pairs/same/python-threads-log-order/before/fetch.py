import random
import threading
import time


def work(name):
    for step in ("start", "load", "parse", "done"):
        time.sleep(random.random() / 50)
        print(f"{name}: {step}\n", end="")


threads = [threading.Thread(target=work, args=(n,)) for n in ("alpha", "beta")]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("2 feeds read")
