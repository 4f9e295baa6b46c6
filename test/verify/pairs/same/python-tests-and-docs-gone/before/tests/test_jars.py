import unittest

from jam.jars import total


class Jars(unittest.TestCase):
    def test_total(self):
        self.assertEqual(total({"plum": 2, "fig": 1}), 3)
