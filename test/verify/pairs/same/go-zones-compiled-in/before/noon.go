package main

import (
	"fmt"
	"log"
	"net/http"
	"time"
	_ "time/tzdata"
)

func main() {
	http.HandleFunc("GET /in/{zone...}", func(w http.ResponseWriter, r *http.Request) {
		zone, err := time.LoadLocation(r.PathValue("zone"))
		if err != nil {
			http.Error(w, "unknown zone", http.StatusNotFound)
			return
		}
		noon := time.Date(2030, 7, 1, 12, 0, 0, 0, time.UTC)
		fmt.Fprintln(w, noon.In(zone).Format("15:04 MST"))
	})
	http.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "/in/Europe/Oslo tells when it is noon UTC there")
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
