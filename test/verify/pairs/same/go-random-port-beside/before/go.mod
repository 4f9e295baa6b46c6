module gate

go 1.22
