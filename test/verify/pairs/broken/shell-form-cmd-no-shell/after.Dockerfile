FROM golang:1.22 AS build
WORKDIR /go/src/tick
COPY . .
RUN CGO_ENABLED=0 go build -o /bin/tick .

FROM scratch
WORKDIR /go/src/tick
COPY --from=build /bin/tick /bin/tick
CMD tick --every 1
