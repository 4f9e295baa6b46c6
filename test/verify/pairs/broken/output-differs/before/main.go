package main

import (
	"encoding/hex"
	"io"
	"os"
)

var version = "dev"

func main() {
	if len(os.Args) > 1 && os.Args[1] == "--version" {
		os.Stdout.WriteString("hexdumpy " + version + "\n")
		return
	}
	d := hex.Dumper(os.Stdout)
	defer d.Close()
	io.Copy(d, os.Stdin)
}
