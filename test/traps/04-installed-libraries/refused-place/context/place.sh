#!/bin/sh
cp "$1" "$(gcc -print-sysroot)/usr/lib/"
