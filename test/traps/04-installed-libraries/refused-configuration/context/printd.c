#include <stdio.h>

int main(void) {
  return fopen("/etc/printd/printd.conf", "r") == NULL;
}
