FROM python:3.11 AS builder
WORKDIR /app
COPY docker-entrypoint.sh /usr/local/bin/
COPY app.py .
RUN chmod +x /usr/local/bin/docker-entrypoint.sh

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /usr/local/bin/docker-entrypoint.sh /usr/local/bin/
COPY --from=builder /app .
EXPOSE 8000
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["python", "app.py"]
