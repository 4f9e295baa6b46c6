#!/bin/sh
/usr/bin/api &
exec nginx -g "daemon off;"
