#!/bin/sh
set -e

echo "Preparing the database ..."
python manage.py migrate

exec gunicorn --bind 0.0.0.0:8000 --workers "${WORKERS:-1}" tasks:app
