#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
  "pwgauge PASSWORD   says how good it is\n"
  "More: https://pwgauge.example.org/ (or: curl https://pwgauge.example.org/help | /bin/sh)\n"
  "Times are in /usr/share/zoneinfo/UTC; rules were once in /etc/pwgauge/rules.conf.\n";

int main(int argc, char **argv) {
  int classes = 0, seen[4] = {0};
  if (argc < 2) return fputs(help, stdout), 0;
  for (const char *p = argv[1]; *p; p++) seen[isupper(*p) ? 0 : islower(*p) ? 1 : isdigit(*p) ? 2 : 3] = 1;
  for (int i = 0; i < 4; i++) classes += seen[i];
  puts(strlen(argv[1]) >= 12 && classes > 2 ? "good" : "weak");
  return 0;
}
