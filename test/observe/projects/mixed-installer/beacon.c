#include <stdio.h>
#include <zlib.h>

int glow(int steps);

int main(void) {
  char line[80];
  FILE *settings = fopen("/etc/beacon/beacon.conf", "r");
  FILE *log = fopen("/var/log/beacon/lit", "w");
  if (!settings || !log || !fgets(line, sizeof line, settings)) {
    puts("it stays dark");
    return 1;
  }
  printf("%sglow %d, crc %lx\n", line, glow(4), crc32(0, (const unsigned char *)line, 3));
  return 0;
}
