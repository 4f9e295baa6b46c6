FROM node:20 AS builder
WORKDIR /app
COPY package.json ./
COPY packages packages
RUN npm install --offline --no-audit
COPY server.js ./
RUN npm prune --omit=dev --offline && rm -rf packages

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app ./
EXPOSE 3000
CMD ["node", "server.js"]
