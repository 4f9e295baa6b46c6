FROM node:20 AS builder
WORKDIR /app
COPY . .

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app .
EXPOSE 8080 9100
CMD ["node", "main.js"]
