FROM node:20 AS builder
ENV GREETING="God dag"
WORKDIR /app
COPY app.js .

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app/app.js .
EXPOSE 3000
CMD ["node", "app.js"]
