package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	file := os.Getenv("GREETING_FILE")
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, file)
	})
	log.Println("greeting from", file)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
