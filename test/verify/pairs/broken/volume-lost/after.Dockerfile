FROM python:3.11 AS source
COPY guestbook.py /opt/

FROM python:3.11-slim
RUN mkdir -p /var/lib/guestbook
COPY --from=source /opt/guestbook.py /opt/
EXPOSE 8000
CMD ["python", "/opt/guestbook.py"]
