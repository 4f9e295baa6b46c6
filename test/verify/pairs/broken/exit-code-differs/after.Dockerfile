FROM python:3.11 AS source
WORKDIR /check
COPY . .

FROM python:3.11-slim
WORKDIR /check
COPY --from=source /check/check.py /check/sample.txt ./
CMD ["python", "check.py", "sample.txt"]
