FROM gcc:12 AS build
WORKDIR /usr/src/primes
COPY . .
RUN mkdir -p /root/.cache/cc /var/log/build obj \
 && gcc -O2 -c -o obj/sieve.o sieve.c && gcc -O2 -c -o obj/main.o main.c \
 && gcc -o /usr/local/bin/primes obj/*.o > /var/log/build/link.log 2>&1 \
 && cp obj/*.o /root/.cache/cc/ && gcc --version > /tmp/compiler.txt

FROM debian:bookworm-slim
WORKDIR /usr/src/primes
COPY --from=build /usr/local/bin/primes /usr/local/bin/primes
CMD ["primes", "12"]
