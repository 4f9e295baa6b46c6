#include <stdlib.h>

int main(void) {
  return system("$FILTER /srv/input");
}
