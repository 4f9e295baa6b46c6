"""Answers whether the database can be reached."""
