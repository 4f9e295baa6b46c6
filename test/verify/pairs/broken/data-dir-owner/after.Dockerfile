FROM python:3.11 AS builder
WORKDIR /opt/notes
COPY . .
RUN mkdir -p /srv/notes && cp welcome.txt /srv/notes/

FROM python:3.11-slim
RUN useradd --uid 1200 notes
WORKDIR /opt/notes
COPY --from=builder /opt/notes .
COPY --from=builder /srv/notes /srv/notes
USER notes
EXPOSE 8000
CMD ["python", "-B", "notes.py"]
