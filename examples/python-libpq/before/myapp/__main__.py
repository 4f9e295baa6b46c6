"""Tells which libpq is at hand, and how it would reach the database."""
import os

import psycopg2
from psycopg2.extensions import libpq_version, make_dsn


def main() -> None:
    major, minor = divmod(libpq_version(), 10000)
    dsn = make_dsn(host=os.environ.get("DB_HOST", "db"), dbname="shop", user="shop")
    print(f"psycopg2 {psycopg2.__version__.split()[0]}, libpq {major}.{minor}")
    print(f"would connect with: {dsn}")


if __name__ == "__main__":
    main()
