module example.org/house/shared

go 1.22
