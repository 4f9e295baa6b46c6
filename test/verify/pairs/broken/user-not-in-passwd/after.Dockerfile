FROM node:20 AS builder
RUN groupadd -r hooks && useradd -r -g hooks hooks
WORKDIR /home/hooks
COPY --chown=hooks:hooks index.js .

FROM node:20-slim
WORKDIR /home/hooks
COPY --from=builder /home/hooks .
USER hooks
EXPOSE 9000
CMD ["node", "index.js"]
