import pathlib
import re
import sys

rules = pathlib.Path(__file__).with_name("rules.txt")
patterns = [re.compile(line) for line in rules.read_text().splitlines() if line] if rules.exists() else []
text = pathlib.Path(sys.argv[1]).read_text()
sys.exit(4 if any(p.search(text) for p in patterns) else 0)
