import os
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer

UPLOADS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "uploads")


class Drop(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(200, "POST a file to /upload\n")

    def do_POST(self):
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            with open(os.path.join(UPLOADS, uuid.uuid4().hex), "wb") as f:
                f.write(data)
        except OSError as err:
            return self.answer(500, err.strerror + "\n")
        self.answer(201, "stored\n")

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(text.encode())


HTTPServer(("", 8000), Drop).serve_forever()
