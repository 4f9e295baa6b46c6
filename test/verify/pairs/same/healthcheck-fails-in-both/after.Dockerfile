FROM python:3.11 AS builder
WORKDIR /app
COPY app.py check.py ./

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app ./
EXPOSE 8000
HEALTHCHECK --interval=2s --timeout=2s --retries=2 CMD ["python", "check.py"]
CMD ["python", "app.py"]
