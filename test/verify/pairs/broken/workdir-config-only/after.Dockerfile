FROM python:3.11 AS build
COPY count.py /usr/local/bin/count
RUN chmod +x /usr/local/bin/count

FROM python:3.11-slim
COPY --from=build /usr/local/bin/count /usr/local/bin/count
CMD ["count", "--help"]
