#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  double value = argc > 1 ? strtod(argv[1], NULL) : 0;
  setlocale(LC_ALL, "");
  printf("%'.2f EUR\n", value);
  return 0;
}
