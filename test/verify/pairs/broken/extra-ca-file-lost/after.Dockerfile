FROM node:20 AS builder
WORKDIR /app
COPY . .

FROM node:20-slim
ENV NODE_EXTRA_CA_CERTS=/app/ca/office.pem
WORKDIR /app
COPY --from=builder /app .
EXPOSE 3000
CMD ["node", "intranet.js"]
