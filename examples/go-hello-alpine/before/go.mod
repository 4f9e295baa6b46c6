module example.com/hello-alpine

go 1.17
