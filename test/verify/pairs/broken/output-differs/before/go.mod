module hexdumpy

go 1.22
