FROM gcc:12 AS build
COPY wait.c /tmp/wait.c
RUN gcc -O2 -o /usr/local/bin/wait-for /tmp/wait.c && rm /tmp/wait.c

FROM debian:bookworm-slim
COPY --from=build /usr/local/bin/wait-for /usr/local/bin/wait-for
ENTRYPOINT ["wait-for"]
