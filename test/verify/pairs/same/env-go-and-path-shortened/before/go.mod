module fizz

go 1.22
