FROM python:3.11 AS source
COPY agent.py /usr/lib/agent/agent.py

FROM python:3.11-slim
COPY --from=source /usr/lib/agent /usr/lib/agent
CMD ["python", "-u", "/usr/lib/agent/agent.py"]
