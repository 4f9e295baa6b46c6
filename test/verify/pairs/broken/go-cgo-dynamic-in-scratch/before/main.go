package main

// #cgo LDFLAGS: -lm
// #include <math.h>
import "C"

import (
	"os"
	"strconv"
)

func main() {
	for _, arg := range os.Args[1:] {
		x, err := strconv.ParseFloat(arg, 64)
		if err != nil {
			os.Exit(2)
		}
		os.Stdout.WriteString(strconv.FormatFloat(float64(C.sqrt(C.double(x))), 'f', 6, 64) + "\n")
	}
}
