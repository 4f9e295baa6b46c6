FROM python:3.11 AS builder
WORKDIR /job
COPY . .

FROM python:3.11-slim
WORKDIR /job
COPY --from=builder /job/job.py .
CMD ["python", "job.py"]
