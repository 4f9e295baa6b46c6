// Answers whoever asks whether it still ticks.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"

	"example.com/clock/internal/where"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "clock %s ticks\n", os.Args[0])
	})
	log.Fatal(http.ListenAndServe(":"+where.Port, nil))
}
