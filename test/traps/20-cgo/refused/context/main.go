package main

// #include <ctype.h>
import "C"

import "fmt"

func main() {
	fmt.Printf("%c\n", rune(C.toupper('a')))
}
