FROM node:20 AS builder
ENV APP_ENV=production
WORKDIR /app
COPY login.js .

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app .
EXPOSE 3000
CMD ["node", "login.js"]
