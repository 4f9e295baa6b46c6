// Tells the media type of files by their names, with the list that nginx carries.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
)

const list = "/etc/nginx/mime.types"

// read makes a table of `types { image/jpeg jpeg jpg; ... }`
func read(text string) map[string]string {
	types := map[string]string{}
	_, entries, _ := strings.Cut(text, "{")
	for _, entry := range strings.Split(entries, ";") {
		fields := strings.Fields(entry)
		for i := 1; i < len(fields); i++ {
			types["."+fields[i]] = fields[0]
		}
	}
	return types
}

func main() {
	text, err := os.ReadFile(list)
	if err != nil {
		log.Fatal(err)
	}
	types := read(string(text))
	for _, name := range os.Args[1:] {
		fmt.Printf("%s: %s\n", name, types[filepath.Ext(name)])
	}
}
