#include <stdio.h>

int main(void) {
  char line[80];
  FILE *words = fopen(WORDS, "r");
  if (!words || !fgets(line, sizeof line, words)) {
    puts("it is dark");
    return 1;
  }
  fputs(line, stdout);
  return 0;
}
