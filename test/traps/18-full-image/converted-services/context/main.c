#include <netdb.h>
#include <stdio.h>

int main(void) {
  struct addrinfo *found;
  int failed = getaddrinfo("127.0.0.1", "https", NULL, &found);
  puts(failed ? gai_strerror(failed) : "found");
  return failed;
}
