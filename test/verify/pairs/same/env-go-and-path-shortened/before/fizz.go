package main

import (
	"os"
	"strconv"
)

func main() {
	n := 10
	if len(os.Args) > 1 {
		n, _ = strconv.Atoi(os.Args[1])
	}
	for i := 1; i <= n; i++ {
		s := strconv.Itoa(i)
		if i%15 == 0 {
			s = "fizzbuzz"
		} else if i%5 == 0 {
			s = "buzz"
		} else if i%3 == 0 {
			s = "fizz"
		}
		os.Stdout.WriteString(s + "\n")
	}
}
