FROM node:20 AS builder
ENV NODE_ENV=production
WORKDIR /usr/src/app
COPY package.json ./
COPY lib lib
COPY index.js ./

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /usr/src/app
COPY --from=builder /usr/src/app ./
USER node
EXPOSE 8080
CMD [ "node", "index.js" ]
