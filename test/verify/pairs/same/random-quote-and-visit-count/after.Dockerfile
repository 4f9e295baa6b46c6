FROM node:20 AS builder
WORKDIR /app
COPY . .

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app .
EXPOSE 3000
CMD ["node", "quotes.js"]
