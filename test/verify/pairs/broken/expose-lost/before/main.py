from wsgiref.simple_server import make_server


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"weather: fair\n"]


with make_server("", 8000, app) as server:
    server.serve_forever()
