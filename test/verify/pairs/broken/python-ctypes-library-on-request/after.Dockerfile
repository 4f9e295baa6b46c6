FROM python:3.11 AS builder
WORKDIR /app
COPY kind.py .

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app/kind.py .
EXPOSE 8000
CMD ["python", "kind.py"]
