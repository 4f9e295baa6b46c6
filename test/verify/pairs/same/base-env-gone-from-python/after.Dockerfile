FROM python:3.11 AS build
COPY gen.py hello.c.in /build/
RUN cd /build && python gen.py hello.c.in > hello.c && gcc -static -O2 -o /usr/local/bin/hello hello.c

FROM debian:bookworm-slim
ENV LANG=C.UTF-8
COPY --from=build /usr/local/bin/hello /usr/local/bin/hello
CMD ["hello"]
