FROM node:20 AS builder
WORKDIR /app
COPY . .

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app .
CMD ["sh", "run.sh"]
