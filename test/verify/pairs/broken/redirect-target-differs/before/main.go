package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	var settings struct{ Language string }
	if text, err := os.ReadFile("settings.json"); err == nil {
		json.Unmarshal(text, &settings)
	}
	start := "/start"
	if settings.Language != "" {
		start = "/" + settings.Language + "/start"
	}
	http.HandleFunc(start, func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "welcome") })
	http.Handle("/{$}", http.RedirectHandler(start, http.StatusFound))
	log.Fatal(http.ListenAndServe(":8080", nil))
}
