FROM gcc:12 AS build
COPY counter.c /src/
RUN gcc -static -Os -o /counter /src/counter.c && strip /counter

FROM scratch
COPY --from=build /counter /counter
EXPOSE 8000
USER 65534
ENTRYPOINT ["/counter"]
CMD ["8000"]
