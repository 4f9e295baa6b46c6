package main

import "os"

func main() {
	name := os.Getenv("NAME")
	if name == "" {
		name = "world"
	}
	os.Stdout.WriteString("Hello, " + name + "!\n")
}
