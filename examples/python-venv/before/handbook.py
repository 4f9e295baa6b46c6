"""Serves the pages of a handbook, which name themselves in a YAML head."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import markdown
import yaml

PAGES = Path(__file__).parent / "pages"


def render(file: Path) -> str:
    head, body = file.read_text().split("---\n", 1)
    title = yaml.safe_load(head)["title"]
    return f"<!doctype html>\n<title>{title}</title>\n{markdown.markdown(body)}\n"


class Handbook(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        file = PAGES / f"{self.path.strip('/') or 'start'}.md"
        self.send_response(200 if file.is_file() else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(render(file if file.is_file() else PAGES / "missing.md").encode())


if __name__ == "__main__":
    ThreadingHTTPServer(("", 8080), Handbook).serve_forever()
