FROM gcc:12 AS build
COPY . /src
RUN make -C /src install

FROM scratch
COPY --from=build /usr/local/bin/pwgauge /usr/local/bin/pwgauge
CMD ["pwgauge"]
