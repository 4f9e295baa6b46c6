#include <stdio.h>
#include <time.h>

int main(void) {
  char line[64];
  time_t now = time(NULL);
  strftime(line, sizeof line, "%Y-%m-%dT%H:%M:%S%z", localtime(&now));
  puts(line);
  return 0;
}
