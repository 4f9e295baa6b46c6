package main

import (
	"fmt"
	"os/exec"
)

func main() {
	out, err := exec.Command("tool").CombinedOutput()
	fmt.Println(string(out), err)
}
