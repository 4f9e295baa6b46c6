#!/usr/bin/perl
use Digest::SHA qw(sha1_hex);
print sha1_hex("here");
