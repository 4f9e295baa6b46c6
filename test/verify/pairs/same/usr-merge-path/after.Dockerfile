FROM gcc:12 AS build
COPY greet.c /src/
RUN gcc -O2 -o /bin/greet /src/greet.c

FROM debian:bookworm-slim
COPY --from=build /usr/bin/greet /usr/bin/greet
CMD ["/bin/greet", "Ada"]
