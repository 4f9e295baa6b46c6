FROM python:3.11 AS builder
WORKDIR /srv
COPY prefork.py .

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1
WORKDIR /srv
COPY --from=builder /srv .
EXPOSE 8000
CMD ["python", "prefork.py"]
