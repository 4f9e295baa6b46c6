FROM python:3.11 AS builder
WORKDIR /app
COPY sink.py .

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app/sink.py .
EXPOSE 5514/udp
CMD ["python", "-u", "sink.py"]
