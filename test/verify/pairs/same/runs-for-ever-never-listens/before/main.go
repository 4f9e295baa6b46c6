package main

import (
	"os"
	"strconv"
	"time"
)

func main() {
	for n := 1; ; n++ {
		os.Stdout.WriteString(time.Now().UTC().Format(time.RFC3339) + " beat " + strconv.Itoa(n) + "\n")
		time.Sleep(700 * time.Millisecond)
	}
}
