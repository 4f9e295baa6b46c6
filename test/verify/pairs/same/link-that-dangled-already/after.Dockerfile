FROM python:3.11 AS builder
WORKDIR /app
COPY lamp.py default.ini ./
RUN mkdir config && mv default.ini config/ && ln -s /etc/lamp/local.ini config/local.ini

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app .
CMD ["python", "lamp.py"]
