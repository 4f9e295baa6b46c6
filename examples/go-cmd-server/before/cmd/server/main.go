// A relay: GET /fetch?host=example.com asks that host over HTTPS and tells its status.
package main

import (
	"crypto/x509"
	"fmt"
	"log"
	"net/http"
	"time"

	"example.com/relay/internal/requestid"
)

var client = &http.Client{Timeout: 5 * time.Second}

func fetch(w http.ResponseWriter, r *http.Request) {
	answer, err := client.Get("https://" + r.FormValue("host") + "/")
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	fmt.Fprintln(w, answer.Status)
}

// ready says whether HTTPS calls can work at all: they cannot without root certificates.
func ready(w http.ResponseWriter, r *http.Request) {
	pool, err := x509.SystemCertPool()
	if err != nil || pool.Equal(x509.NewCertPool()) {
		http.Error(w, "no root certificates", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "root certificates found")
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /fetch", fetch)
	mux.HandleFunc("GET /ready", ready)
	log.Fatal(http.ListenAndServe(":8080", requestid.Wrap(mux)))
}
