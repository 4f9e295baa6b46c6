import ctypes
from http.server import BaseHTTPRequestHandler, HTTPServer


def magic_version():
    return ctypes.CDLL("libmagic.so.1").magic_version()


class Kind(BaseHTTPRequestHandler):
    def do_GET(self):
        status, text = 200, "kind of file service\n"
        if self.path == "/kind":
            try:
                text = "libmagic is %s\n" % ("new" if magic_version() > 500 else "old")
            except OSError:
                status, text = 500, "no libmagic\n"
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(text.encode())


HTTPServer(("", 8000), Kind).serve_forever()
