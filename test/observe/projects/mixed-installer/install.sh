#!/bin/sh
set -e
gcc -shared -fPIC -o /usr/local/lib/libglow.so glow.c
gcc -O2 -o /usr/bin/beacon beacon.c -L/usr/local/lib -lglow -lz
mkdir -p /etc/beacon /var/log/beacon
echo "colour=amber" > /etc/beacon/beacon.conf
ldconfig
