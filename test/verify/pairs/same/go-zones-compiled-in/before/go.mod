module noon

go 1.22
