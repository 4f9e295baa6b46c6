#!/bin/sh
make settings
exec node server.js
