#!/bin/sh
npm rebuild --build-from-source
exec node server.js
