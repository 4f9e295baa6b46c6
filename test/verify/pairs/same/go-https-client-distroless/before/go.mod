module linkcheck

go 1.22
