#!/usr/bin/perl
use Git;
print Git::repo_path();
