from collections import Counter


def tally(votes):
    return "".join("%s %d\n" % pair for pair in Counter(votes).most_common())
