package main

import (
	"fmt"
	"strings"
)

func main() {
	words := []string{"a", "small", "Alpine", "image"}
	fmt.Println("Hello from " + strings.Join(words, " "))
}
