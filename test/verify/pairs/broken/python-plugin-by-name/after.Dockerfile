FROM python:3.11 AS builder
WORKDIR /app
COPY calendar_app.py ./
COPY exporters exporters

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app/calendar_app.py ./
COPY --from=builder /app/exporters/__init__.py /app/exporters/csv.py exporters/
EXPOSE 8000
CMD ["python", "calendar_app.py"]
