package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	out, err := exec.Command("tar", "-tzf", os.Args[1]).CombinedOutput()
	fmt.Println(string(out), err)
}
