FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /bin/gate .

FROM scratch
COPY --from=build /bin/gate /bin/gate
WORKDIR /src
EXPOSE 9090
CMD ["/bin/gate"]
