FROM node:20 AS builder
WORKDIR /app
COPY . .

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app /app
ENV NODE_OPTIONS=--use-openssl-ca
EXPOSE 3000
CMD ["node", "server.js"]
