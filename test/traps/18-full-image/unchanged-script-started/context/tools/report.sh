#!/bin/bash
set -e
python3 -c "print(42)"
