FROM python:3.11 AS builder
WORKDIR /app
COPY atlas.py .

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app/atlas.py .
EXPOSE 8000
CMD ["python", "-u", "atlas.py"]
