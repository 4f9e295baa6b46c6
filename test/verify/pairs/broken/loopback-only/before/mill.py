import pathlib
import tomllib
from wsgiref.simple_server import make_server

config = pathlib.Path("mill.toml")
server = tomllib.loads(config.read_text())["server"] if config.exists() else {}


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"flour: 80 sacks\n"]


make_server(server.get("host", "127.0.0.1"), server.get("port", 8000), app).serve_forever()
