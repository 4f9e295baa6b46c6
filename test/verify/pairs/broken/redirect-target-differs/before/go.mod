module portal

go 1.22
