from wsgiref.simple_server import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def app(environ, start_response):
    known = environ["PATH_INFO"] in ("/", "/healthz")
    start_response("200 OK" if known else "404 Not Found", [("Content-Type", "text/plain")])
    return [b"ok\n" if known else b"not here\n"]


make_server("", 5000, app, handler_class=Quiet).serve_forever()
