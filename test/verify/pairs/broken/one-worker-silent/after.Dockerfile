FROM python:3.11 AS builder
WORKDIR /app
COPY . .

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=builder /app/read_feeds.py .
COPY --from=builder /app/feeds/station.txt feeds/
CMD ["python", "read_feeds.py"]
