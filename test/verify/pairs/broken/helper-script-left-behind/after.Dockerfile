FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod main.go ./
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /opt/keeper/keeper .

FROM debian:bookworm-slim
COPY --from=build /opt/keeper /opt/keeper
WORKDIR /src
EXPOSE 8080
CMD ["/opt/keeper/keeper"]
