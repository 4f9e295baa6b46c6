FROM gcc:12 AS build
WORKDIR /opt/squash
COPY squash.c .
RUN gcc -O2 -o squash squash.c -lz && cp squash /usr/local/bin/
RUN mkdir /out && ldd squash | grep -o '/[^ ]*' | xargs -I{} cp -L --parents {} /out

FROM scratch
COPY --from=build /out /
COPY --from=build /usr/local/bin/squash /usr/local/bin/squash
WORKDIR /opt/squash
CMD ["squash", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]
