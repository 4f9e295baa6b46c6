FROM python:3.11 AS source
WORKDIR /app
COPY . .

FROM python:3.11-slim
WORKDIR /app
COPY --from=source /app/site.py ./
COPY --from=source /app/templates/index.html templates/
EXPOSE 8000
CMD ["python", "site.py"]
