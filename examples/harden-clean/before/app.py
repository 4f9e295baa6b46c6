import bottle

app = bottle.Bottle()


@app.get("/")
def index():
    return bottle.template("{{count}} bottles on the wall\n", count=99)
