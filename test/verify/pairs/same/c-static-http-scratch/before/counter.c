#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  struct sockaddr_in a = {.sin_family = AF_INET};
  int on = 1, s = socket(AF_INET, SOCK_STREAM, 0);
  a.sin_port = htons(argc > 1 ? atoi(argv[1]) : 8000);
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5)) {
    perror("counter");
    return 1;
  }
  for (;;) {
    char in[1024] = "", *path = in;
    int fd = accept(s, 0, 0);
    if (fd < 0) continue;
    if (read(fd, in, sizeof in - 1) > 0) {
      path = strchr(in, ' ');
      int found = path && (!strncmp(path, " / ", 3) || !strncmp(path, " /count ", 8));
      dprintf(fd, "HTTP/1.0 %s\r\nContent-Type: text/plain\r\n\r\n%s\n", found ? "200 OK" : "404 Not Found", found ? "1 2 3" : "no");
    }
    close(fd);
  }
}
