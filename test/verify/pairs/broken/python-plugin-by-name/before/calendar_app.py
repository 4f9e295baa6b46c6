import importlib
from http.server import BaseHTTPRequestHandler, HTTPServer

EVENTS = [("2031-05-01", "Spring fair")]
HOME = '<a href="/export/csv">CSV</a> <a href="/export/ics">iCalendar</a>\n'


class Calendar(BaseHTTPRequestHandler):
    def do_GET(self):
        if not self.path.startswith("/export/"):
            return self.answer(200, "text/html", HOME)
        kind = self.path.rsplit("/", 1)[1]
        try:
            plugin = importlib.import_module("exporters." + kind)
        except ImportError:
            return self.answer(404, "text/plain", "no such format\n")
        self.answer(200, plugin.TYPE, plugin.export(EVENTS))

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())


HTTPServer(("", 8000), Calendar).serve_forever()
