#include <dlfcn.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void answer(int fd, const char *status, const char *body) {
  char out[512];
  snprintf(out, sizeof out, "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", status, strlen(body), body);
  write(fd, out, strlen(out));
}

/* libz is big and few people ask for /zip: load it when it is needed. */
static void zip(int fd) {
  char body[64];
  void *lib = dlopen("libz.so.1", RTLD_NOW);
  unsigned long (*crc)(unsigned long, const unsigned char *, unsigned) = lib ? dlsym(lib, "crc32") : 0;
  if (!crc) { answer(fd, "500 Internal Server Error", "no compression here\n"); return; }
  snprintf(body, sizeof body, "%08lx\n", crc(0, (const unsigned char *)"hello", 5));
  answer(fd, "200 OK", body);
}

int main(void) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(8080)};
  int one = 1, s = socket(AF_INET, SOCK_STREAM, 0);
  char in[2048];
  signal(SIGPIPE, SIG_IGN);
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 16)) { perror("bind"); return 1; }
  for (;;) {
    int fd = accept(s, 0, 0);
    ssize_t n = read(fd, in, sizeof in - 1);
    in[n > 0 ? n : 0] = 0;
    if (!strncmp(in, "GET /zip", 8)) zip(fd);
    else answer(fd, "200 OK", "crcd\n");
    close(fd);
  }
}
