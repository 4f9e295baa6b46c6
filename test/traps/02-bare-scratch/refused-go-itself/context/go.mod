module look

go 1.22

require (
	golang.org/x/tools v0.20.0
)
