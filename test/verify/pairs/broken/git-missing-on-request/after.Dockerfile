FROM node:20 AS builder
WORKDIR /wiki
COPY wiki.js home.md ./
RUN git init -q && git add home.md \
 && git -c user.name=wiki -c user.email=wiki@example.org commit -q -m "First page"

FROM node:20-slim
WORKDIR /wiki
COPY --from=builder /wiki .
EXPOSE 3000
CMD ["node", "wiki.js"]
