FROM golang:1.22 AS builder
WORKDIR /app
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o handbook .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=builder /app/handbook .
EXPOSE 8080
CMD ["./handbook"]
