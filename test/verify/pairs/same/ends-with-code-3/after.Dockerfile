FROM node:20 AS source
WORKDIR /job
COPY job.js .

FROM node:20-slim
WORKDIR /job
COPY --from=source /job/job.js .
CMD ["node", "job.js"]
