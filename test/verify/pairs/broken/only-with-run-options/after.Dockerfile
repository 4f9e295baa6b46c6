FROM python:3.11 AS builder
COPY bin/convert /usr/local/bin/convert
RUN chmod 755 /usr/local/bin/convert

FROM python:3.11-slim
WORKDIR /work
COPY --from=builder /usr/local/bin/convert /usr/local/bin/convert
CMD ["convert", "--help"]
