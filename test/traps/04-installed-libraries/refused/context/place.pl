use File::Copy;
copy($ARGV[0], "/usr/local/lib/$ARGV[0]");
