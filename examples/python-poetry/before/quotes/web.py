from pathlib import Path

import bottle

SAYINGS = (Path(__file__).parent / "sayings.txt").read_text().splitlines()

app = bottle.Bottle()


@app.get("/day/<day:int>")
def saying(day: int) -> dict:
    return {"day": day, "saying": SAYINGS[day % len(SAYINGS)]}
