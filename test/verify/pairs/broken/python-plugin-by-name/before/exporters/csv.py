TYPE = "text/csv"


def export(events):
    return "".join("%s,%s\n" % event for event in events)
