FROM python:3.11 AS builder
WORKDIR /opt/pump
COPY pump.py .

FROM python:3.11-slim
RUN mkdir -p /var/log/pump
WORKDIR /opt/pump
COPY --from=builder /opt/pump/pump.py .
CMD ["python", "pump.py"]
