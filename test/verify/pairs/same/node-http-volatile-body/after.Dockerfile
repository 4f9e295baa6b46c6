FROM node:20 AS source
WORKDIR /app
COPY . .

FROM node:20-slim
WORKDIR /app
COPY --from=source /app .
EXPOSE 3000
CMD ["node", "status.js"]
