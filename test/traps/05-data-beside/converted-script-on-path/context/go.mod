module b

go 1.22
