module vault

go 1.22
