package main

import (
	"html/template"
	"net/http"
	"os"
)

func main() {
	settings, _ := os.ReadFile("settings.json")
	pages := template.Must(template.ParseFiles("templates/index.html"))
	http.Handle("/static/", http.FileServer(http.Dir("public")))
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { pages.Execute(w, string(settings)) })
	http.ListenAndServe(":8080", nil)
}
