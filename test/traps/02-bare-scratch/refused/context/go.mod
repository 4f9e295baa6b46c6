module archive

go 1.22
