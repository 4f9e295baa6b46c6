FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /hello .

FROM scratch
WORKDIR /src
COPY --from=build /hello /hello
CMD ["/hello"]
