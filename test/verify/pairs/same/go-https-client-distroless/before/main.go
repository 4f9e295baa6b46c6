package main

import (
	"fmt"
	"log"
	"net/http"
	"time"
)

func main() {
	client := &http.Client{Timeout: 4 * time.Second}
	http.HandleFunc("/check", func(w http.ResponseWriter, r *http.Request) {
		res, err := client.Head(r.URL.Query().Get("url"))
		if err != nil {
			http.Error(w, "unreachable", http.StatusBadGateway)
			return
		}
		res.Body.Close()
		fmt.Fprintln(w, res.StatusCode)
	})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "linkcheck") })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
