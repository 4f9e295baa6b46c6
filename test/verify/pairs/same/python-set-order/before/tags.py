import sys

words = set(open(sys.argv[1]).read().lower().replace(",", "").split())
print({w for w in words if len(w) > 3})
for word in words - {"the", "with", "by", "and"}:
    print("tag:", word)
