FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /usr/local/bin/rootof .

FROM scratch
WORKDIR /src
COPY --from=build /usr/local/bin/rootof /usr/local/bin/rootof
CMD ["rootof", "2"]
