FROM python:3.11 AS builder
WORKDIR /srv
COPY build_index.py books.txt ./
RUN mkdir -p data && python build_index.py books.txt data/index.json && rm build_index.py books.txt

FROM python:3.11-slim
RUN useradd --uid 1500 --create-home web
WORKDIR /srv
COPY serve.py .
COPY --from=builder --chown=web:web /srv/data ./data
USER web
EXPOSE 8000
CMD ["python", "serve.py"]
