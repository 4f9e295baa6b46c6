module handbook

go 1.22
