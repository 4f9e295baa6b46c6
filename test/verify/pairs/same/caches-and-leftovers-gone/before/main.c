#include <stdio.h>
#include <stdlib.h>
#include "sieve.h"

int main(int argc, char **argv) {
  int last = argc > 1 ? atoi(argv[1]) : 10;
  for (int n = 2; n <= last; n++)
    if (is_prime(n)) printf("%d\n", n);
  return 0;
}
