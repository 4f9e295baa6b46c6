// A web server that tells callers which page they asked for.
package main

import (
	"fmt"
	"log"
	"net/http"
)

const addr = ":8080"

func greet(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "Greetings from Go: you asked for %s\n", r.URL.Path)
}

func main() {
	http.HandleFunc("/", greet)
	log.Printf("listening on %s", addr)
	log.Fatal(http.ListenAndServe(addr, nil))
}
