import sys

ENDINGS = {"at": ["hat", "mat"], "og": ["dog", "fog"]}


def main():
    for word in sys.argv[1:]:
        print(word, "-", ", ".join(ENDINGS.get(word[-2:], ["nothing"])))
