FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /bin/orders .

FROM scratch
WORKDIR /src
COPY --from=build /bin/orders /bin/orders
EXPOSE 8080
HEALTHCHECK --interval=2s --timeout=2s --retries=2 CMD ["/bin/orders", "-check"]
ENTRYPOINT ["/bin/orders"]
