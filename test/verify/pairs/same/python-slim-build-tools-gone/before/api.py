import ctypes
import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

lib = ctypes.CDLL(os.path.join(os.path.dirname(os.path.abspath(__file__)), "libtri.so"))
lib.triangle.restype = ctypes.c_ulong


class Api(BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        n = int(query.get("n", ["10"])[0])
        body = json.dumps({"n": n, "sum": lib.triangle(n)}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("", 8000), Api).serve_forever()
