from http.server import BaseHTTPRequestHandler, HTTPServer


class Letters(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(b"letters\n")


HTTPServer(("", 8000), Letters).serve_forever()
