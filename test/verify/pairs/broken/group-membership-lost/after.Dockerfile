FROM node:20 AS builder
WORKDIR /app
COPY radio.js .
COPY tunes /srv/tunes
RUN chown -R root:audio /srv/tunes && chmod 750 /srv/tunes

FROM node:20-slim
RUN useradd --uid 1700 radio
WORKDIR /app
COPY --from=builder /app .
COPY --from=builder /srv /srv
USER radio
EXPOSE 3000
CMD ["node", "radio.js"]
