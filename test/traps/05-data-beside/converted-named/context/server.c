#include <stdlib.h>

int main(void) {
  return getenv("PAGES") == NULL;
}
