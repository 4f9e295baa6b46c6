FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /usr/local/bin/vault .

FROM scratch
WORKDIR /src
COPY --from=build /usr/local/bin/vault /usr/local/bin/vault
EXPOSE 8080
CMD ["vault"]
