FROM node:20 AS builder
WORKDIR /site
COPY . .
RUN mkdir -p releases && mv pages releases/v7 \
 && ln -s releases/v7 current && ln -s /site/current/logo.txt logo && ln -s current/index.html index.html

FROM node:20-slim
WORKDIR /site
COPY --from=builder /site .
EXPOSE 3000
CMD ["node", "web.js"]
