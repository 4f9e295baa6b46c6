FROM python:3.11 AS builder
WORKDIR /app
COPY worker.py .

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app .
CMD ["python", "-u", "worker.py"]
