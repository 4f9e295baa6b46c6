module larder

go 1.22
