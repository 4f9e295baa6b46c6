FROM gcc:12 AS build
WORKDIR /usr/src/ledger
COPY ledger.c Makefile ./
RUN make PREFIX=/usr/local install

FROM debian:bookworm-slim
WORKDIR /usr/src/ledger
COPY --from=build /usr/lib/x86_64-linux-gnu/libsqlite3.so.0 /usr/lib/x86_64-linux-gnu/
COPY --from=build /usr/local/bin/ledger /usr/local/bin/ledger
CMD ["ledger"]
