from http.server import BaseHTTPRequestHandler, HTTPServer

from poll.votes import tally


class Poll(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(tally(["red", "blue", "red"]).encode())


def serve():
    HTTPServer(("", 5000), Poll).serve_forever()
