// Shortens addresses, and forgets them when it ends.
package main

import (
	"fmt"
	"hash/crc32"
	"log"
	"net/http"
	"sync"
)

var known sync.Map

func shorten(w http.ResponseWriter, r *http.Request) {
	long := r.FormValue("url")
	short := fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(long)))
	known.Store(short, long)
	fmt.Fprintf(w, "/%s\n", short)
}

func follow(w http.ResponseWriter, r *http.Request) {
	if long, ok := known.Load(r.PathValue("short")); ok {
		http.Redirect(w, r, long.(string), http.StatusFound)
		return
	}
	http.NotFound(w, r)
}

func main() {
	http.HandleFunc("/new", shorten)
	http.HandleFunc("/{short}", follow)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
