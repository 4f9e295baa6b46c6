FROM python:3.11 AS builder
WORKDIR /code
COPY . .
RUN python -m unittest discover -s tests

FROM python:3.11-slim
WORKDIR /code
COPY --from=builder /code/jam jam
EXPOSE 8000
CMD ["python", "-m", "jam"]
