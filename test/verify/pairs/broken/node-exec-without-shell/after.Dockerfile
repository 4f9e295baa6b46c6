FROM node:20-slim AS runtime
RUN mkdir /out && ldd /usr/local/bin/node | grep -o '/[^ ]*' | xargs -I{} cp -L --parents {} /out && cp --parents /usr/local/bin/node /out && mkdir /out/tmp

FROM scratch
COPY --from=runtime /out /
WORKDIR /app
COPY server.mjs ./
EXPOSE 3000
CMD ["node", "/app/server.mjs"]
