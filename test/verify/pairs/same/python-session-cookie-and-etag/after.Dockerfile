FROM python:3.11 AS builder
WORKDIR /srv/www
COPY server.py /opt/server.py
COPY public .
RUN touch *.html && sleep 1.1 && touch *.html

FROM python:3.11-slim
WORKDIR /srv/www
COPY --from=builder /opt/server.py /opt/server.py
COPY --from=builder /srv/www .
EXPOSE 8000
CMD ["python", "/opt/server.py"]
