// A blog without posts: it shows which migrations it would run.
package main

import (
	"log"
	"net/http"
	"os"
	"path/filepath"

	"gopkg.in/yaml.v3"
)

const configFile = "config.yaml"

type blog struct {
	Title, Address string
	Migrations     []string `yaml:"-"`
}

func load() (*blog, error) {
	text, err := os.ReadFile(configFile)
	if err != nil {
		return nil, err
	}
	b := &blog{}
	if err := yaml.Unmarshal(text, b); err != nil {
		return nil, err
	}
	b.Migrations, err = filepath.Glob(filepath.Join("migrations", "*.sql"))
	return b, err
}

func main() {
	b, err := load()
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", b.serveIndex)
	http.HandleFunc("/style.css", serveStyle)
	log.Fatal(http.ListenAndServe(b.Address, nil))
}
