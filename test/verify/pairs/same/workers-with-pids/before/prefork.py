import os
import socket

listener = socket.create_server(("", 8000), backlog=32)


def worker():
    print("worker %d: ready" % os.getpid())
    while True:
        conn, _ = listener.accept()
        conn.recv(4096)
        body = b"answered by %d\n" % os.getpid()
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        conn.close()


children = []
for _ in range(2):
    pid = os.fork()
    if pid == 0:
        worker()
    children.append(pid)
print("master: workers", *children)
os.wait()
