import datetime
import os
import time

name = "/var/log/pump/pump-%s-%d.log" % (datetime.datetime.now().strftime("%Y%m%d-%H%M%S"), os.getpid())
with open(name, "w", buffering=1) as log:
    log.write("%.3f pump begins\n" % time.time())
    while True:
        time.sleep(30)
        log.write("%.3f pump runs\n" % time.time())
