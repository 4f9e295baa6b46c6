FROM python:3.11 AS builder
WORKDIR /stats
COPY . .

FROM python:3.11-slim
WORKDIR /stats
COPY --from=builder /stats/stats.py .
COPY --from=builder /stats/data/east.txt /stats/data/north.txt data/
ENTRYPOINT ["python", "stats.py"]
