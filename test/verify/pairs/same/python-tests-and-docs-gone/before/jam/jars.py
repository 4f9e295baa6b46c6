# Checked by tests/test_jars.py.
def total(jars):
    return sum(jars.values())
