FROM gcc:12 AS build
COPY valve.c /src/
RUN gcc -O2 -static -o /valve /src/valve.c

FROM scratch
COPY --from=build /valve /valve
ENTRYPOINT ["/valve"]
