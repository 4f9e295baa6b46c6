FROM python:3.11 AS builder
COPY minutes /srv/minutes

FROM python:3.11-slim
COPY --from=builder /srv/minutes /srv/minutes
WORKDIR /srv/minutes
EXPOSE 8000
CMD ["python", "-m", "http.server"]
