FROM python:3.11 AS source
WORKDIR /app
COPY tags.py post.txt ./

FROM python:3.11-slim
WORKDIR /app
COPY --from=source /app ./
CMD ["python", "tags.py", "post.txt"]
