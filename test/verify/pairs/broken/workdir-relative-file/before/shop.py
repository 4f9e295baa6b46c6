import csv
import json
from wsgiref.simple_server import make_server


def app(environ, start_response):
    try:
        if environ["PATH_INFO"] == "/prices":
            with open("data/prices.csv", newline="") as f:
                value = {row["item"]: int(row["cents"]) for row in csv.DictReader(f)}
        else:
            value = {"shop": "open"}
    except OSError:
        start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
        return [b"no price list\n"]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(value).encode()]


make_server("", 8000, app).serve_forever()
