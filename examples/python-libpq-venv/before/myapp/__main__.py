from bottle import run

from myapp.web import app

run(app, host="0.0.0.0", port=8080, quiet=True)
