#!/bin/bash
set -e
for tool in git curl; do
    command -v "$tool" > /dev/null
done
exec "$@"
