FROM python:3.11 AS builder
WORKDIR /srv/names
COPY . .

FROM python:3.11-slim
WORKDIR /srv/names
COPY --from=builder /srv/names/named.py .
EXPOSE 5353/udp
CMD ["python", "-u", "named.py"]
