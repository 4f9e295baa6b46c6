module example.com/mediatype

go 1.22
