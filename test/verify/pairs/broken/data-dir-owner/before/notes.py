import os
from http.server import BaseHTTPRequestHandler, HTTPServer

STORE = "/srv/notes"


class Notes(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/save":
            self.save(b"touched")
        else:
            with open(os.path.join(STORE, "welcome.txt"), "rb") as f:
                self.answer(200, f.read())

    def do_POST(self):
        self.save(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def save(self, text):
        try:
            with open(os.path.join(STORE, "latest.txt"), "wb") as f:
                f.write(text)
        except PermissionError:
            return self.answer(500, b"not saved\n")
        self.answer(200, b"saved\n")

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("", 8000), Notes).serve_forever()
