#include <stdlib.h>
#include <string.h>

int main(int count, char **words) {
  if (!strncmp(words[1], "https://", 8)) return system(words[2]);
  return 0;
}
