TYPE = "text/calendar"


def export(events):
    rows = ["BEGIN:VCALENDAR"]
    for day, title in events:
        rows += ["BEGIN:VEVENT", "DTSTART:" + day.replace("-", ""), "SUMMARY:" + title, "END:VEVENT"]
    return "\r\n".join(rows + ["END:VCALENDAR", ""])
