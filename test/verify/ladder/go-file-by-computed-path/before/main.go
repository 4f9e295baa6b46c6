// Tells the distribution that it runs on.
package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	place := strings.Join([]string{"", "etc", "os" + string('-') + "release"}, "/")
	text, err := os.ReadFile(place)
	if err != nil {
		fmt.Println("nobody knows:", err)
		os.Exit(1)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, "ID=") {
			fmt.Println("this is", strings.TrimPrefix(line, "ID="))
		}
	}
}
