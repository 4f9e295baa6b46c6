package main

import (
	"embed"
	"html/template"
	"log"
	"net/http"
)

//go:embed templates/*.html static
var files embed.FS

var pages = template.Must(template.ParseFS(files, "templates/*.html"))

func page(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := pages.ExecuteTemplate(w, name, "Orchard"); err != nil {
			http.Error(w, "no page", 500)
		}
	}
}

func main() {
	http.Handle("/static/", http.FileServer(http.FS(files)))
	http.HandleFunc("/about", page("about.html"))
	http.HandleFunc("/", page("index.html"))
	log.Fatal(http.ListenAndServe(":8080", nil))
}
