import sys

greetings = ["hej", "moin", "salut"]
with open(sys.argv[1]) as f:
    print(f.read().replace("@GREETINGS@", ", ".join('"%s"' % g for g in greetings)))
