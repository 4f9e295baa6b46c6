FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod main.go ./
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /usr/local/bin/worldclock .

FROM scratch
WORKDIR /src
COPY --from=build /usr/local/bin/worldclock /usr/local/bin/worldclock
EXPOSE 8080
CMD ["worldclock"]
