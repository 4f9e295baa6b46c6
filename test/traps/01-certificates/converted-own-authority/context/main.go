package main

import (
	"fmt"
	"net/http"
)

func main() {
	answer, err := http.Get("https://intranet.example.org/")
	fmt.Println(answer, err)
}
