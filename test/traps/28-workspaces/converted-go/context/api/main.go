package main

import "example.org/house/shared"

func main() {
	shared.Greet()
}
