FROM gcc:12 AS build
WORKDIR /build
COPY Makefile notes.c ./
RUN make && make install

FROM debian:bookworm-slim
WORKDIR /build
COPY --from=build /usr/local/bin/notes /usr/local/bin/notes
CMD ["notes", "list"]
