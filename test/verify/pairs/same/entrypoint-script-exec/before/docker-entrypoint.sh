#!/bin/sh
set -e
mkdir -p /tmp/spool
if [ "${1#-}" != "$1" ]; then
  set -- python app.py "$@"
fi
exec "$@"
