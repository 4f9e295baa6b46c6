FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /usr/local/bin/heartbeat .

FROM scratch
WORKDIR /src
COPY --from=build /usr/local/bin/heartbeat /usr/local/bin/heartbeat
CMD ["heartbeat"]
