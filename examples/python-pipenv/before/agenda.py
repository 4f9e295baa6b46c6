"""Prints the dates of a meeting: the second Tuesday of each month."""
from datetime import date

from dateutil.relativedelta import TU
from dateutil.rrule import MONTHLY, rrule
from tabulate import tabulate


def meetings(year: int) -> list[date]:
    return [day.date() for day in rrule(MONTHLY, byweekday=TU(2), count=12, dtstart=date(year, 1, 1))]


if __name__ == "__main__":
    rows = [(day.strftime("%B"), day.isoformat()) for day in meetings(2025)]
    print(tabulate(rows, headers=["month", "meeting"]))
