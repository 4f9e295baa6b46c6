package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
)

func main() {
	debug, err := net.Listen("tcp", ":0")
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("debug at %s", debug.Addr())
	go http.Serve(debug, http.NotFoundHandler())
	log.Fatal(http.ListenAndServe(":9090", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "gate open")
	})))
}
