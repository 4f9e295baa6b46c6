module inbox

go 1.22
