FROM gcc:12 AS build
COPY nodeinfo.c /src/nodeinfo.c
RUN gcc -static -O2 -o /usr/bin/nodeinfo /src/nodeinfo.c

FROM scratch
COPY --from=build /usr/bin/nodeinfo /usr/bin/nodeinfo
EXPOSE 7000
ENTRYPOINT ["/usr/bin/nodeinfo"]
