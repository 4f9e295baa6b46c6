FROM debian:bookworm AS build
COPY relay.sh /usr/local/bin/relay
COPY relay.key.sample /etc/relay/relay.key

FROM debian:bookworm-slim
COPY --from=build --chmod=755 --chown=33:33 /usr/local/bin/relay /usr/local/bin/relay
COPY --from=build --chmod=755 --chown=33:33 /etc/relay /etc/relay
USER 33
CMD ["relay"]
