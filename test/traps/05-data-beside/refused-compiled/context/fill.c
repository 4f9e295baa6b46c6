#include <stdio.h>

int main(int count, char **words) {
  for (int at = 1; at < count; at++) {
    char path[200];
    snprintf(path, sizeof path, "%s/more.html", words[at]);
    FILE *page = fopen(path, "w");
    if (!page || fputs("<p>more</p>", page) < 0 || fclose(page)) return 1;
  }
  return 0;
}
