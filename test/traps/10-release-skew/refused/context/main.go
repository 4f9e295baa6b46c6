package main

import (
	"fmt"
	"net"
)

func main() {
	names, err := net.LookupAddr("192.0.2.1")
	fmt.Println(names, err)
}
