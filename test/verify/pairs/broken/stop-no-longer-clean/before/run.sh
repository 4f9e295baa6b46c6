#!/bin/sh
node ledger.js
status=$?
echo "ledger ended with $status"
