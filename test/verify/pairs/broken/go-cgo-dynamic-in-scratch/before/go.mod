module rootof

go 1.22
