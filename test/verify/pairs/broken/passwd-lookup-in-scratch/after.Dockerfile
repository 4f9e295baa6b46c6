FROM gcc:12 AS build
COPY whose.c /src/
RUN gcc -static -O2 -w -o /usr/local/bin/whose /src/whose.c

FROM scratch
COPY --from=build /usr/local/bin/whose /usr/local/bin/whose
USER 1300
CMD ["whose"]
