FROM node:20 AS builder
WORKDIR /opt/slug
COPY slug.js .

FROM node:20-slim
WORKDIR /opt/slug
COPY --from=builder /opt/slug/slug.js .
CMD ["node", "/opt/slug/slug.js", "Hello World"]
