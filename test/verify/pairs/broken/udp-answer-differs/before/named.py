import os
import socket

table = {}
if os.path.exists("names.db"):
    with open("names.db") as f:
        table = dict(line.split() for line in f)
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("", 5353))
while True:
    name, peer = sock.recvfrom(512)
    sock.sendto(table.get(name.decode("ascii", "replace").strip(), "unknown").encode(), peer)
