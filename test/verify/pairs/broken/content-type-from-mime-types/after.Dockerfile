FROM python:3.11 AS builder
WORKDIR /srv
COPY shelf /srv

FROM python:3.11-slim
WORKDIR /srv
COPY --from=builder /srv /srv
EXPOSE 8000
CMD ["python", "-m", "http.server", "8000"]
