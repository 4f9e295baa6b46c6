import sys

from settings import load

if __name__ == "__main__":
    settings = load()
    print("running", sys.argv[1], "on", settings["url"])
