import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("", 5514))
print("sink: ready on udp 5514")
while True:
    line, peer = sock.recvfrom(4096)
    sock.sendto(b"got %d bytes\n" % len(line), peer)
