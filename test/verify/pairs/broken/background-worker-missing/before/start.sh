#!/bin/sh
python -u mailer.py 2>/dev/null &
exec python -u server.py 2>/dev/null
