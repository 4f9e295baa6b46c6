package main

import (
	"fmt"
	"golang.org/x/tools/go/packages"
)

func main() {
	found, err := packages.Load(nil, "./...")
	fmt.Println(found, err)
}
