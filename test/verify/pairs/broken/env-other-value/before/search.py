import os
from http.server import BaseHTTPRequestHandler, HTTPServer


class Search(BaseHTTPRequestHandler):
    def do_GET(self):
        limit = int(os.environ.get("LIMIT", "100"))
        hits = [str(n) for n in range(0, 2000, 3)][:limit]
        body = ("\n".join(hits) if self.path.startswith("/search") else "search service").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


HTTPServer(("", 8000), Search).serve_forever()
