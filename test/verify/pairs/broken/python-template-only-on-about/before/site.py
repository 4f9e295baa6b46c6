import string
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
PAGES = {"/": "index", "/about": "about"}


def render(name, **values):
    return string.Template((TEMPLATES / (name + ".html")).read_text()).substitute(values)


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        name = PAGES.get(self.path)
        if name is None:
            return self.send_error(404)
        try:
            body = render(name, town="Lund").encode()
        except OSError:
            return self.send_error(500, "template is missing")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", 8000), Site).serve_forever()
