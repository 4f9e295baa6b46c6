FROM golang:1.22 AS build
ENV CGO_ENABLED=0 GOFLAGS=-trimpath
ENV PATH=/opt/buildtools/bin:$PATH
WORKDIR /src
COPY . .
RUN go build -o /usr/local/bin/fizz .

FROM debian:bookworm-slim
WORKDIR /src
COPY --from=build /usr/local/bin/fizz /usr/local/bin/fizz
CMD ["fizz", "15"]
