package main

import (
	"fmt"
	"log"
	"math/big"
	"os"
	"strconv"
)

func fib(n int) *big.Int {
	a, b := big.NewInt(0), big.NewInt(1)
	for ; n > 0; n-- {
		a.Add(a, b)
		a, b = b, a
	}
	return a
}

func main() {
	n, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("fib(%d) = %s\n", n, fib(n))
}
