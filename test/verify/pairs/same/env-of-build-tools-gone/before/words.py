import sys

words = sys.argv[1:]
print(len(words), "words,", sum(map(len, words)), "letters")
