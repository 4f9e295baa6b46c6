"""Kitchen units, the metric way."""


def cups_to_millilitres(cups: float) -> float:
    return cups * 250
