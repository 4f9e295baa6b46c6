FROM node:20 AS builder
WORKDIR /srv/board
COPY . .
RUN mkdir /dist && cp -r * /dist/

FROM node:20-slim
WORKDIR /srv/board
COPY --from=builder /dist ./
EXPOSE 3000
CMD ["node", "board.js"]
