FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /usr/local/bin/larder .

FROM scratch
WORKDIR /src
COPY --from=build /usr/local/bin/larder /usr/local/bin/larder
EXPOSE 8080
CMD ["larder"]
