module example.org/items

go 1.22
