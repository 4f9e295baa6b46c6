#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void write_pid(void) {
  FILE *f = fopen("/run/echod/echod.pid", "w");
  if (!f) f = fopen("/tmp/echod.pid", "w");
  if (!f) return;
  fprintf(f, "%d\n", (int)getpid());
  fclose(f);
}

int main(void) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(8088)};
  int on = 1, s = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 4)) return 1;
  write_pid();
  for (;;) {
    char in[800];
    int fd = accept(s, 0, 0);
    ssize_t n = read(fd, in, sizeof in);
    if (n > 0) {
      dprintf(fd, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n");
      write(fd, in, memchr(in, '\r', n) ? (size_t)((char *)memchr(in, '\r', n) - in) : (size_t)n);
      write(fd, "\n", 1);
    }
    close(fd);
  }
}
