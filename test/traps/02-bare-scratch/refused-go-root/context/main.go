package main

import (
	"fmt"
	"go/build"
)

func main() {
	found, err := build.Import("fmt", "", 0)
	fmt.Println(found, err)
}
