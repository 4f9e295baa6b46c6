#include <stdlib.h>
#include <unistd.h>

/* wait-for SECONDS */
int main(int argc, char **argv) {
  if (argc > 1) sleep(atoi(argv[1]));
  return 0;
}
