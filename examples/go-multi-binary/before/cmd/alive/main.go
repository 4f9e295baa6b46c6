// Ends with 0 if the clock answers: the image has no curl.
package main

import (
	"net/http"
	"os"

	"example.com/clock/internal/where"
)

func main() {
	answer, err := http.Get("http://127.0.0.1:" + where.Port + "/")
	if err != nil || answer.StatusCode != http.StatusOK {
		os.Exit(1)
	}
}
