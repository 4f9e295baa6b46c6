package shared

import (
	"fmt"
	"os"
)

func Greet() {
	text, err := os.ReadFile("shared/words/greeting.txt")
	fmt.Println(string(text), err)
}
