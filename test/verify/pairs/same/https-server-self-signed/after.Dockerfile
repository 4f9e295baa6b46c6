FROM python:3.11 AS builder
RUN mkdir -p /etc/parcel
WORKDIR /etc/parcel
RUN openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=parcel -keyout key.pem -out cert.pem 2>/dev/null
COPY parcel.py /opt/parcel.py

FROM python:3.11-slim
WORKDIR /etc/parcel
COPY --from=builder /etc/parcel .
COPY --from=builder /opt/parcel.py /opt/parcel.py
EXPOSE 8443
CMD ["python", "/opt/parcel.py"]
