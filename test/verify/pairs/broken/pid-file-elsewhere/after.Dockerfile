FROM gcc:12 AS build
COPY echod.c /src/
RUN gcc -O2 -o /usr/local/sbin/echod /src/echod.c

FROM debian:bookworm-slim
COPY --from=build /usr/local/sbin/echod /usr/local/sbin/echod
EXPOSE 8088
CMD ["/usr/local/sbin/echod"]
