import sys


def main():
    print("words:", len(sys.argv) - 1)
    print("prefix:", sys.prefix)
