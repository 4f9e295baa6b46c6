FROM gcc:12 AS build
COPY stamp.c /src/
RUN gcc -static -O2 -o /usr/local/bin/stamp /src/stamp.c

FROM scratch
ENV TZ=Asia/Tokyo
COPY --from=build /usr/local/bin/stamp /usr/local/bin/stamp
CMD ["stamp"]
