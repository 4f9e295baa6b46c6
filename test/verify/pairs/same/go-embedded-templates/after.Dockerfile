FROM golang:1.22 AS build
WORKDIR /go/src/site
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /usr/local/bin/site .

FROM gcr.io/distroless/static-debian12
WORKDIR /go/src/site
COPY --from=build /usr/local/bin/site /usr/local/bin/site
EXPOSE 8080
CMD ["/usr/local/bin/site"]
