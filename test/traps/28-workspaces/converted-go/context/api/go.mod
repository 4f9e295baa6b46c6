module example.org/house/api

go 1.22

require example.org/house/shared v0.0.0

replace example.org/house/shared => ../shared
