// Serves the pages of the front end, and the numbers they show.
package main

import (
	"encoding/json"
	"log"
	"net/http"
)

var stock = map[string]int{"apples": 12, "pears": 5}

func main() {
	http.Handle("/", http.FileServer(http.Dir("static")))
	http.HandleFunc("/api/stock", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(stock)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
