package main

import (
	"fmt"
	"log"
	"net/http"
)

var stock = map[string]int{"flour": 3, "sugar": 2, "salt": 1, "rice": 5, "tea": 4, "oats": 6}

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		for name, n := range stock {
			fmt.Fprintf(w, "%s: %d\n", name, n)
		}
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
