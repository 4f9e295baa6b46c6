module deploy

go 1.22
