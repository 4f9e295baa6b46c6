FROM node:20 AS builder
ENV NODE_ENV=production
WORKDIR /app
COPY . .
RUN date -u +%Y-%m-%dT%H:%M:%SZ > built.txt && cat /proc/sys/kernel/random/uuid >> built.txt

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app .
EXPOSE 3000
CMD ["node", "www.js"]
