package main

import (
	"io"
	"log"
	"net/http"
)

const home = `<!doctype html><title>Handbook</title>
<p>Start with the <a href="/docs/guide/intro.txt">introduction</a>.</p>
`

func main() {
	files := http.FileServer(http.Dir("content"))
	http.Handle("/docs/", http.StripPrefix("/docs/", files))
	http.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, home)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
