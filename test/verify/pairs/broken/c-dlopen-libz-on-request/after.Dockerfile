FROM gcc:12 AS build
WORKDIR /srv
COPY crcd.c .
RUN gcc -O2 -o crcd crcd.c
RUN mkdir /out && ldd crcd | grep -o '/[^ ]*' | xargs -I{} cp -L --parents {} /out

FROM scratch
COPY --from=build /out /
COPY --from=build /srv/crcd /srv/crcd
WORKDIR /srv
EXPOSE 8080
CMD ["/srv/crcd"]
