FROM golang:1.22 AS builder
WORKDIR /app
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -ldflags="-s -w" -o /app/items .

FROM scratch
WORKDIR /app
COPY --from=builder /app/items /app/items
EXPOSE 8080
ENTRYPOINT ["/app/items"]
