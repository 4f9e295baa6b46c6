from flask import Flask, render_template

app = Flask(__name__)
CITIES = {"oslo": 4, "rome": 17}


@app.get("/")
def index():
    return render_template("index.html", cities=CITIES)


@app.get("/<city>")
def city(city):
    if city not in CITIES:
        return {"error": "no such city"}, 404
    return {"city": city, "degrees": CITIES[city]}


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
