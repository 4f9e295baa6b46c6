module quiz

go 1.22
