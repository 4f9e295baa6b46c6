// Tells what it was built as, and what it is told to be.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

var (
	version  = "unknown"
	compiler = "unknown"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "about %s, made by %s, running as %s\n", version, compiler, os.Getenv("APP_VERSION"))
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
