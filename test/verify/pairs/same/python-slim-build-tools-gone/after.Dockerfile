FROM python:3.11 AS builder
WORKDIR /app
COPY . .
RUN gcc -shared -fPIC -O2 -o libtri.so tri.c && rm -f /app/tri.o

FROM python:3.11-slim
WORKDIR /app
COPY --from=builder /app/api.py /app/libtri.so ./
EXPOSE 8000
CMD ["python", "-u", "api.py"]
