#!/usr/bin/env python3
import sys

if "--help" in sys.argv:
    print("usage: count FILE...   counts lines; mount your files at /work")
    sys.exit(0)
for name in sys.argv[1:]:
    with open(name) as f:
        print(sum(1 for _ in f), name)
