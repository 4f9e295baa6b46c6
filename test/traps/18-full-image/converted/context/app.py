import os

import psycopg2

print(psycopg2.connect(os.environ['DATABASE']))
