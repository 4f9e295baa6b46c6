#!/bin/sh
python3 -c "print(1)"
exec app
