FROM python:3.11 AS builder
COPY . /app
EXPOSE 8000/tcp

FROM python:3.11-slim
COPY --from=builder /app /app
WORKDIR /app
CMD ["python", "main.py"]
