FROM node:20 AS builder
WORKDIR /app
COPY . .
RUN chmod 755 hooks/notify

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app/hookd.js .
COPY hooks hooks
EXPOSE 4000
CMD ["node", "hookd.js"]
