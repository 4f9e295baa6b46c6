#include <stdio.h>
#include <string.h>
#include <zlib.h>

int main(int argc, char **argv) {
  unsigned char out[4096];
  uLongf n = sizeof out;
  if (argc < 2 || compress(out, &n, (const unsigned char *)argv[1], strlen(argv[1])) != Z_OK) return 1;
  printf("%zu -> %lu bytes\n", strlen(argv[1]), (unsigned long)n);
  return 0;
}
