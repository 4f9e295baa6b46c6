package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	check := flag.Bool("check", false, "ask the running server whether it is well")
	flag.Parse()
	if *check {
		conn, err := net.DialTimeout("tcp", "127.0.0.1:8080", time.Second)
		if err != nil {
			os.Exit(1)
		}
		fmt.Fprint(conn, "GET /healthz HTTP/1.0\r\n\r\n")
		line, _ := bufio.NewReader(conn).ReadString('\n')
		if !strings.Contains(line, " 200 ") {
			os.Exit(1)
		}
		return
	}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "well") })
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "0 orders") })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
