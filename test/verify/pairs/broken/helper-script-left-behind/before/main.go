package main

import (
	"log"
	"net/http"
	"os/exec"
)

func backup(w http.ResponseWriter, r *http.Request) {
	out, err := exec.CommandContext(r.Context(), "make-backup").Output()
	if err != nil {
		http.Error(w, "backup failed", http.StatusInternalServerError)
		return
	}
	w.Write(out)
}

func main() {
	http.HandleFunc("/backup", backup)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("keeper\n")) })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
