FROM python:3.11 AS builder
WORKDIR /app
COPY render.py .

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app .
CMD ["python", "render.py"]
