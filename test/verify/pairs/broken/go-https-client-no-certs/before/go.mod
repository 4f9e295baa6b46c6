module example.org/uptimed

go 1.22
