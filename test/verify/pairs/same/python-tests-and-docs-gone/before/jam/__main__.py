from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from .jars import total

STATIC = Path(__file__).parent / "static"
HELP = '<link rel="stylesheet" href="/static/app.css">\n<p>%d jars. The source has a README.md and a Makefile.</p>\n'


class Jam(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            return self.answer(200, "text/html", (HELP % total({"plum": 4, "quince": 3})).encode())
        if self.path == "/static/app.css":
            return self.answer(200, "text/css", (STATIC / "app.css").read_bytes())
        self.answer(404, "text/plain", b"no such jar\n")

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("", 8000), Jam).serve_forever()
