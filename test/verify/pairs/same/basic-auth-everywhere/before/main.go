package main

import (
	"crypto/subtle"
	"log"
	"net/http"
	"os"
)

func main() {
	password := os.Getenv("VAULT_PASSWORD")
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, given, ok := r.BasicAuth()
		if !ok || password == "" || subtle.ConstantTimeCompare([]byte(given), []byte(password)) != 1 {
			w.Header().Set("WWW-Authenticate", `Basic realm="vault"`)
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		w.Write([]byte("the vault is empty\n"))
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
