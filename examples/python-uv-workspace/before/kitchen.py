import sys

from units import cups_to_millilitres


def main() -> None:
    cups = float(sys.argv[1])
    print(f"{cups:g} cups are {cups_to_millilitres(cups):g} ml")
