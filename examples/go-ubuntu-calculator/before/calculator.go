// Calculates what it is given, as in `calculator 6 x 7`, or one sum per line of input.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func calculate(sum string) (result float64, err error) {
	var a, b float64
	var operator string
	if _, err = fmt.Sscan(sum, &a, &operator, &b); err != nil {
		return 0, fmt.Errorf("write it as: 6 x 7")
	}
	switch operator {
	case "+":
		return a + b, nil
	case "-":
		return a - b, nil
	case "x", "*":
		return a * b, nil
	case "/":
		return a / b, nil
	}
	return 0, fmt.Errorf("unknown operator %s", operator)
}

func answer(sum string) {
	if result, err := calculate(sum); err != nil {
		fmt.Println("sorry:", err)
	} else {
		fmt.Printf("%s = %g\n", sum, result)
	}
}

func main() {
	if len(os.Args) > 1 {
		answer(strings.Join(os.Args[1:], " "))
		return
	}
	fmt.Println("One sum per line, please. For instance:")
	answer("6 x 7")
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		answer(lines.Text())
	}
}
