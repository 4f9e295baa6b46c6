module note

go 1.22
