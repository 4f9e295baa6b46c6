// Tells when a meeting is elsewhere. Go's own SDK holds the time zones where the system has none: not so without the SDK.
package main

import (
	"fmt"
	"log"
	"os"
	"time"
)

func main() {
	zone, err := time.LoadLocation(os.Getenv("ZONE"))
	if err != nil {
		log.Fatal(err)
	}
	meeting := time.Date(2024, time.May, 2, 9, 30, 0, 0, time.UTC)
	fmt.Printf("%s is %s\n", meeting.Format(time.RFC822), meeting.In(zone).Format("15:04 in MST"))
}
