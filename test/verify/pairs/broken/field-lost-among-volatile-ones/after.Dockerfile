FROM python:3.11 AS builder
WORKDIR /app
COPY . .

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app/probe.py .
EXPOSE 8000
CMD ["python", "probe.py"]
