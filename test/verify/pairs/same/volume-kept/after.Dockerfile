FROM node:20 AS builder
WORKDIR /app
COPY list.js seed.txt ./
RUN mkdir /data && cp seed.txt /data/list.txt && chown -R node:node /data

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app ./
COPY --from=builder --chown=node:node /data /data
VOLUME ["/data"]
USER node
EXPOSE 3000
CMD ["node", "list.js"]
