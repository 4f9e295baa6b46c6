import os
import sqlite3

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/")
def tasks():
    with sqlite3.connect(os.environ["DATABASE"]) as db:
        rows = db.execute("SELECT title, done FROM tasks ORDER BY title")
        return jsonify([{"title": title, "done": bool(done)} for title, done in rows])
