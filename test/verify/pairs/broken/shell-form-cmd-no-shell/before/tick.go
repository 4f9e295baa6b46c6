package main

import (
	"os"
	"time"
)

func main() {
	os.Stdout.WriteString("tick: started\n")
	for {
		time.Sleep(time.Hour)
	}
}
