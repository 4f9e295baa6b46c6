import datetime
import json
import os
import socket
import time
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer

began = time.monotonic()


def region():
    try:
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "region.txt")) as f:
            return f.read().strip()
    except FileNotFoundError:
        return None


class Probe(BaseHTTPRequestHandler):
    def do_GET(self):
        state = {
            "id": str(uuid.uuid4()),
            "at": datetime.datetime.now().isoformat(),
            "host": socket.gethostname(),
            "region": region(),
            "up": round(time.monotonic() - began, 4),
        }
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(state).encode())


HTTPServer(("", 8000), Probe).serve_forever()
