// Serves one page from disk and one made up on the spot.
package main

import (
	"fmt"
	"log"
	"net/http"
)

func page(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}
	http.ServeFile(w, r, "index.html")
}

func hello(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, "Hello, made by Go just now")
}

func main() {
	http.HandleFunc("/", page)
	http.HandleFunc("/hello", hello)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
