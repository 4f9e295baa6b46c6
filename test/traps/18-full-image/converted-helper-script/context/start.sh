#!/bin/sh
./count.py > counts.txt
exec node server.js
