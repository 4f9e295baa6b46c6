import http.server
import os
import secrets


class Pages(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        path = self.translate_path(self.path)
        if os.path.isfile(path):
            st = os.stat(path)
            self.send_header("ETag", '"%x-%x"' % (int(st.st_mtime), st.st_size))
        if "session=" not in self.headers.get("Cookie", ""):
            self.send_header("Set-Cookie", "session=%s; Path=/; HttpOnly; SameSite=Lax" % secrets.token_urlsafe(24))
        super().end_headers()


http.server.ThreadingHTTPServer(("", 8000), Pages).serve_forever()
