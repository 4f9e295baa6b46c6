FROM python:3.11 AS builder
ENV PIP_NO_CACHE_DIR=1 LOG_FILE=/var/log/jobs.log
WORKDIR /app
COPY jobs.py .

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app .
CMD ["python", "jobs.py"]
