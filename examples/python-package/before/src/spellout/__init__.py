"""Spells numbers out, with words from a file that the package carries."""
from importlib.resources import files

_WORDS = dict(line.split() for line in (files(__name__) / "words.txt").read_text().splitlines())


def spell(number: int) -> str:
    if not 0 <= number < 100:
        raise ValueError("only numbers from 0 to 99")
    tens, ones = number // 10 * 10, number % 10
    if str(number) in _WORDS:
        return _WORDS[str(number)]
    return f"{_WORDS[str(tens)]}-{_WORDS[str(ones)]}"
