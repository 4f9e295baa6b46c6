from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

BOOK = Path("/var/lib/guestbook/entries.txt")


class Guestbook(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(200, BOOK.read_bytes() if BOOK.exists() else b"nobody yet\n")

    def do_POST(self):
        entry = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with BOOK.open("ab") as f:
            f.write(entry[:200] + b"\n")
        self.answer(201, b"thanks\n")

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("", 8000), Guestbook).serve_forever()
