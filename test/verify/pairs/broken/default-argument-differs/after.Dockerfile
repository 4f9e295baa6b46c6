FROM gcc:12 AS build
COPY plan.c /src/
RUN gcc -static -O2 -o /usr/local/bin/plan /src/plan.c

FROM scratch
COPY --from=build /usr/local/bin/plan /usr/local/bin/plan
ENTRYPOINT ["plan"]
CMD ["fast"]
