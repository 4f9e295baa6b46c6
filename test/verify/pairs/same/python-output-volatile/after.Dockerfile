FROM python:3.11 AS builder
WORKDIR /app
COPY report.py .

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app/report.py .
CMD ["python", "report.py"]
