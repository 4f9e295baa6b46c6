#!/bin/sh
set -e
exec /hello "$@"
