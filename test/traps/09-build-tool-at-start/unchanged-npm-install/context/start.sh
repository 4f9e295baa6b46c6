#!/bin/sh
npm install $PLUGINS
exec node server.js
