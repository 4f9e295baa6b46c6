"""python manage.py migrate: runs the SQL files of migrations/ in their order."""
import os
import sqlite3
import sys
from pathlib import Path


def migrate() -> None:
    with sqlite3.connect(os.environ["DATABASE"]) as db:
        for file in sorted(Path("migrations").glob("*.sql")):
            db.executescript(file.read_text())
            print("ran", file.name)


if __name__ == "__main__":
    if sys.argv[1:] != ["migrate"]:
        sys.exit(__doc__)
    migrate()
