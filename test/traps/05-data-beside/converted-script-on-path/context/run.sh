#!/bin/sh
exec b "$@"
