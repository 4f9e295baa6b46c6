import os

import psycopg2
from bottle import Bottle

app = Bottle()


@app.get("/")
def index():
    return {"app": "myapp", "links": ["/database"]}


@app.get("/database")
def database():
    try:
        psycopg2.connect(host=os.environ.get("DB_HOST", "127.0.0.1"), connect_timeout=2).close()
    except psycopg2.OperationalError as error:
        return {"reached": False, "refused": "refused" in str(error)}
    return {"reached": True}
