FROM python:3.11 AS builder
WORKDIR /app
COPY search.py .

FROM python:3.11-slim
ENV LIMIT=50 \
    PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=builder /app/search.py .
EXPOSE 8000
CMD ["python", "search.py"]
