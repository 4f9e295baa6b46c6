package main

import "os"

func rot(b byte) byte {
	switch {
	case b >= 'a' && b <= 'z':
		return 'a' + (b-'a'+13)%26
	case b >= 'A' && b <= 'Z':
		return 'A' + (b-'A'+13)%26
	}
	return b
}

func main() {
	for _, arg := range os.Args[1:] {
		out := []byte(arg)
		for i := range out {
			out[i] = rot(out[i])
		}
		os.Stdout.Write(append(out, '\n'))
	}
}
