import json
import sys

with open(sys.argv[1]) as f:
    titles = sorted(line.strip() for line in f if line.strip())
with open(sys.argv[2], "w") as f:
    json.dump(titles, f)
