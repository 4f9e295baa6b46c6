#!/bin/sh
set -eu

# The server reads its greeting from a file, so that it can be mounted.
: "${GREETING_FILE:=/tmp/greeting}"
[ -f "$GREETING_FILE" ] || printf '%s, from the entry point\n' "$GREETING" > "$GREETING_FILE"
export GREETING_FILE

exec "$@"
