FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /usr/local/bin/noon .

FROM scratch
WORKDIR /src
COPY --from=build /usr/local/bin/noon /usr/local/bin/noon
EXPOSE 8080
CMD ["noon"]
