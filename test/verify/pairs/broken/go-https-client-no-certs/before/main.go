package main

import (
	"fmt"
	"log"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func check(w http.ResponseWriter, r *http.Request) {
	url := r.URL.Query().Get("url")
	if url == "" {
		url = "https://status.example.org/"
	}
	res, err := client.Get(url)
	if err != nil {
		http.Error(w, "down: "+err.Error(), http.StatusBadGateway)
		return
	}
	defer res.Body.Close()
	fmt.Fprintf(w, "up: %s\n", res.Status)
}

func main() {
	http.HandleFunc("/check", check)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "uptimed: ask /check?url=...")
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
