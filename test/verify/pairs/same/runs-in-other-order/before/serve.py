from http.server import BaseHTTPRequestHandler, HTTPServer


class Books(BaseHTTPRequestHandler):
    def do_GET(self):
        with open("/srv/data/index.json", "rb") as f:
            body = f.read()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("", 8000), Books).serve_forever()
