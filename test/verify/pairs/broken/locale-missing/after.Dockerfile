FROM gcc:12 AS build
COPY preis.c /src/
RUN gcc -O2 -o /usr/local/bin/preis /src/preis.c

FROM debian:bookworm-slim
ENV LANG=de_DE.UTF-8
COPY --from=build /usr/local/bin/preis /usr/local/bin/preis
CMD ["preis", "1234.5"]
