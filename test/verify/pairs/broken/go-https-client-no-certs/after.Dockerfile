FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod ./
COPY *.go ./
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /usr/local/bin/uptimed .

FROM scratch
WORKDIR /src
COPY --from=build /usr/local/bin/uptimed /usr/local/bin/uptimed
EXPOSE 8080
CMD ["uptimed"]
