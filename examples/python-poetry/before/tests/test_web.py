from quotes.web import saying


def test_every_day_has_a_saying():
    assert all(saying(day)["saying"] for day in range(1, 32))
