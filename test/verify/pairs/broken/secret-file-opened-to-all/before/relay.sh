#!/bin/sh
key=$(cat /etc/relay/relay.key) || exit 1
echo "relay: key of ${#key} characters"
exec sleep infinity
