FROM python:3.11 AS builder
WORKDIR /srv/app
COPY . .
RUN python -m compileall -q poll

FROM python:3.11-slim
WORKDIR /srv/app
COPY --from=builder /srv/app .
EXPOSE 5000
CMD ["python", "run.py"]
