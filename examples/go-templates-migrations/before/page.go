package main

import (
	_ "embed"
	"html/template"
	"net/http"
)

// style is part of the binary; the templates are read from disk.
//
//go:embed assets/style.css
var style []byte

var pages = template.Must(template.ParseGlob("templates/*.html"))

func serveStyle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/css")
	w.Write(style)
}

func (b *blog) serveIndex(w http.ResponseWriter, r *http.Request) {
	if err := pages.ExecuteTemplate(w, "index.html", b); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
