import json
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.path == "/rate":
            url = parse_qs(parts.query).get("base", ["https://rates.example.org/latest"])[0]
            try:
                with urllib.request.urlopen(url, timeout=5) as res:
                    self.answer(200, {"upstream": res.status})
            except OSError as err:
                self.answer(502, {"error": str(err)})
        else:
            self.answer(200, {"service": "rates"})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("", 8000), Handler).serve_forever()
