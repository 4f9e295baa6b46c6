FROM python:3.11 AS builder
RUN groupadd --gid 1400 pix && useradd --uid 1400 --gid pix --create-home --shell /bin/sh pix
WORKDIR /home/pix
COPY --chown=pix:pix whoami.py .

FROM python:3.11-slim
RUN groupadd --gid 1400 pix && useradd --uid 1400 --gid pix --create-home --shell /bin/sh pix
WORKDIR /home/pix
COPY --from=builder --chown=pix:pix /home/pix .
USER pix
CMD ["python", "whoami.py"]
