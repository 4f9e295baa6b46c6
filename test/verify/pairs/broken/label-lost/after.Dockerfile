FROM golang:1.22 AS build
LABEL org.opencontainers.image.title="rot13" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /usr/local/bin/rot13 .

FROM scratch
WORKDIR /src
COPY --from=build /usr/local/bin/rot13 /usr/local/bin/rot13
CMD ["rot13", "Uryyb"]
