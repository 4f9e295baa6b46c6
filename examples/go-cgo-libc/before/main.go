// Tells the C library it runs with, which only C can ask.
package main

/*
#include <gnu/libc-version.h>
#include <math.h>
#cgo LDFLAGS: -lm
*/
import "C"

import "fmt"

func main() {
	fmt.Printf("running with glibc %s\n", C.GoString(C.gnu_get_libc_version()))
	fmt.Printf("the longest side of 3, 4 is %g\n", float64(C.hypot(3, 4)))
}
