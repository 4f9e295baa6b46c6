FROM debian:bookworm AS build
COPY collect.sh /usr/local/bin/collect
RUN chmod 755 /usr/local/bin/collect

FROM debian:bookworm-slim
WORKDIR /data
WORKDIR /
COPY --from=build /usr/local/bin/collect /usr/local/bin/collect
USER 65534
CMD ["collect"]
