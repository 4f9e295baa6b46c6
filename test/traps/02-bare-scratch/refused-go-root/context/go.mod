module look

go 1.22
