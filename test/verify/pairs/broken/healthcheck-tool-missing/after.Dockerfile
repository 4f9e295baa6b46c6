FROM python:3.11 AS builder
WORKDIR /app
COPY app.py .

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app .
EXPOSE 5000
HEALTHCHECK --interval=2s --timeout=2s --retries=2 CMD curl -fsS http://127.0.0.1:5000/healthz || exit 1
CMD ["python", "app.py"]
