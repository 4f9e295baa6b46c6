#include <stdio.h>

int main(void) {
  FILE *count = fopen("data/count", "a");
  return count == NULL || fputs("1\n", count) < 0;
}
