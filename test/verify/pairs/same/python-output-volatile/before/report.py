import datetime
import os
import random
import resource
import socket
import time
import uuid

start = time.perf_counter()
now = datetime.datetime.now(datetime.timezone.utc)
print("report", uuid.uuid4())
print("made", now.isoformat(), now.strftime("%a, %d %b %Y %H:%M:%S GMT"), int(time.time()))
print("by", socket.gethostname(), socket.gethostbyname(socket.gethostname()), "pid", os.getpid())
print("token=%s" % random.randbytes(16).hex())
print("sample temperature: %.2f C" % random.uniform(18, 24))
print("sum of squares:", sum(n * n for n in range(1000)))
print("peak memory %d KiB" % resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print("took %.3f ms" % ((time.perf_counter() - start) * 1000))
