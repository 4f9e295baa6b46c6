module resolve

go 1.22
