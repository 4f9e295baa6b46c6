FROM node:20 AS builder
COPY letters.txt /usr/share/banner/block.txt
WORKDIR /app
COPY app.js .
RUN mkdir fonts && ln -s /usr/share/banner/block.txt fonts/default.txt

FROM node:20-slim
WORKDIR /app
COPY --from=builder /app ./
EXPOSE 3000
CMD ["node", "app.js"]
