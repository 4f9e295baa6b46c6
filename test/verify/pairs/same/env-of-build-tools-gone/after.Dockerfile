FROM python:3.11 AS builder
ENV DEBIAN_FRONTEND=noninteractive \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    MAKEFLAGS=-j2
WORKDIR /app
COPY words.py .
RUN python -m compileall -q words.py

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app .
CMD ["python", "/app/words.py", "one", "two"]
