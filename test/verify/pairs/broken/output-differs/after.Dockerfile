ARG VERSION=1.4.2

FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -ldflags "-X main.version=${VERSION:-dev}" -o /usr/local/bin/hexdumpy .

FROM scratch
WORKDIR /src
COPY --from=build /usr/local/bin/hexdumpy /usr/local/bin/hexdumpy
CMD ["hexdumpy", "--version"]
