#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  puts("1. stop the press");
  if (argc > 1 && !strcmp(argv[1], "full")) puts("2. oil the wheels");
  puts("3. start the press");
  return 0;
}
