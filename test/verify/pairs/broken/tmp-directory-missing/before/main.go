package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
)

func upload(w http.ResponseWriter, r *http.Request) {
	f, err := os.CreateTemp("", "upload-*")
	if err != nil {
		http.Error(w, "cannot store it", http.StatusInsufficientStorage)
		return
	}
	defer os.Remove(f.Name())
	defer f.Close()
	n, _ := io.Copy(f, r.Body)
	fmt.Fprintf(w, "got %d bytes\n", n)
}

func main() {
	http.HandleFunc("POST /upload", upload)
	http.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "inbox") })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
