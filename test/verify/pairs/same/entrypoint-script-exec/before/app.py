import os
from wsgiref.simple_server import make_server


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"spool is %s\n" % (b"there" if os.path.isdir("/tmp/spool") else b"missing")]


make_server("", 8000, app).serve_forever()
