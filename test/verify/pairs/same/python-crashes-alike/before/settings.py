import os


def load():
    return {"url": os.environ["DATABASE_URL"], "debug": os.environ.get("DEBUG") == "1"}
