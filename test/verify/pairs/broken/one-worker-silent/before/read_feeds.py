import pathlib
import random
import threading
import time


def read(path):
    for line in path.read_text().splitlines():
        time.sleep(random.random() / 20)
        print("%s: %s\n" % (path.stem, line), end="")


threads = [threading.Thread(target=read, args=(p,)) for p in pathlib.Path("feeds").iterdir()]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
