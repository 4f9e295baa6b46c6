#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  unsigned seed = argc > 1 ? strtoul(argv[1], 0, 10) : 6;
  srand(seed);
  for (int i = 0; i < 5; i++) printf("%d ", 1 + rand() % 6);
  putchar('\n');
  return 0;
}
