FROM debian:bookworm AS source
WORKDIR /opt/rates
COPY rates.py .

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/rates
COPY --from=source /opt/rates /opt/rates
EXPOSE 8000
CMD ["python3", "rates.py"]
