FROM node:20 AS builder
ENV NPM_CONFIG_LOGLEVEL=warn NPM_CONFIG_UPDATE_NOTIFIER=false
ENV NPM_CONFIG_FUND=false
WORKDIR /srv
COPY package.json server.js ./
RUN npm install --omit=dev --offline

FROM node:20-slim
WORKDIR /srv
COPY --from=builder /srv .
EXPOSE 3000
CMD ["node", "server.js"]
