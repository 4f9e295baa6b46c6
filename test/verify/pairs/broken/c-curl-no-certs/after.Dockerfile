FROM gcc:12 AS build
COPY ratefetch.c /src/
RUN gcc -O2 -o /usr/local/bin/ratefetch /src/ratefetch.c -lcurl

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libcurl4 && rm -rf /var/lib/apt/lists/*
COPY --from=build /usr/local/bin/ratefetch /usr/local/bin/ratefetch
CMD ["ratefetch"]
