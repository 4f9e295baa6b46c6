FROM debian:bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends musl-tools && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY dice.c .
RUN musl-gcc -O2 -o /usr/local/bin/dice dice.c

FROM debian:bookworm-slim
WORKDIR /src
COPY --from=build /usr/local/bin/dice /usr/local/bin/dice
CMD ["dice"]
