module worldclock

go 1.22
