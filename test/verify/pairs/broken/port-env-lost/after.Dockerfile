FROM node:20 AS builder
ENV PORT=8080
WORKDIR /app
COPY server.js .

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app/server.js .
EXPOSE 8080
CMD ["node", "server.js"]
