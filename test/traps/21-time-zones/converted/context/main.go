package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	place, err := time.LoadLocation(os.Getenv("PLACE"))
	if err != nil {
		panic(err)
	}
	fmt.Println(time.Now().In(place))
}
