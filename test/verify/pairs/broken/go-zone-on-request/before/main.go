package main

import (
	"fmt"
	"log"
	"net/http"
	"time"
)

func clock(w http.ResponseWriter, r *http.Request) {
	zone, err := time.LoadLocation(r.URL.Query().Get("in"))
	if err != nil {
		http.Error(w, "no such place", http.StatusBadRequest)
		return
	}
	fmt.Fprintln(w, time.Now().In(zone).Format("15:04 MST"))
}

func main() {
	http.HandleFunc("/clock", clock)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "ask /clock?in=Europe/Oslo")
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
