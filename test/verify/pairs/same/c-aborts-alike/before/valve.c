#include <stdio.h>
#include <stdlib.h>

int main(void) {
  const char *port = getenv("VALVE_PORT");
  if (!port) {
    fputs("valve: VALVE_PORT is not set, giving up\n", stderr);
    abort();
  }
  printf("valve on %s\n", port);
  return 0;
}
