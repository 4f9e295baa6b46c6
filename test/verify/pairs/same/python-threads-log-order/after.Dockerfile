FROM python:3.11 AS source
WORKDIR /app
COPY fetch.py ./

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=source /app ./
ENTRYPOINT ["python", "fetch.py"]
