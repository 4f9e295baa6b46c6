"""Counts jars. How to try it out stands in README.md; `make test` runs tests/test_jars.py."""
