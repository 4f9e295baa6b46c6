package main

import (
	"encoding/json"
	"log"
	"net/http"
)

type item struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

var items = []item{{1, "kettle"}, {2, "toaster"}}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/items", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(items)
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("items service, see /api/items\n"))
	})
	log.Fatal(http.ListenAndServe(":8080", mux))
}
