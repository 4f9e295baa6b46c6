module resolve

go 1.17
