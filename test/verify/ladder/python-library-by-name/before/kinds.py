import ctypes
import http.server

LIBRARY = "libxml2.so.2"


class Kinds(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            version = ctypes.c_char_p.in_dll(ctypes.CDLL(LIBRARY), "xmlParserVersion").value
            status, text = 200, f"parser {version.decode()}\n"
        except OSError as error:
            status, text = 500, f"{error}\n"
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())


http.server.HTTPServer(("", 8000), Kinds).serve_forever()
