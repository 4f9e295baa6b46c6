// Serves the directory it is started in, and one answer that is no file.
package main

import (
	"io"
	"log"
	"net/http"
)

func main() {
	http.Handle("/", http.FileServer(http.Dir(".")))
	http.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "Hello, this is no file\n")
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
