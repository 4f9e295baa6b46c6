import random
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

print("atlas: loading maps")
seconds = 2.5 + random.random()
time.sleep(seconds)
print("atlas: loaded in %.1f s" % seconds)


class Atlas(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(b"3 maps\n")


HTTPServer(("", 8000), Atlas).serve_forever()
