FROM node:20 AS builder
WORKDIR /app
COPY server.js health.js ./

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app ./
EXPOSE 3000
CMD ["node", "server.js"]
