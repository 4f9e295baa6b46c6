FROM python:3.11 AS build
WORKDIR /srv/queue
COPY worker.py .

FROM python:3.11-slim
RUN useradd --system --uid 900 queue
WORKDIR /srv/queue
COPY --from=build /srv/queue .
CMD ["python", "-u", "worker.py"]
