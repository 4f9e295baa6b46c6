package main

import (
	"fmt"
	"os"
)

func main() {
	err := os.WriteFile("note.txt", []byte("hello"), 0o644)
	fmt.Println(err)
}
