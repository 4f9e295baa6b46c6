#include <stdio.h>

int main(void) {
  return fopen(PAGES "/index.html", "r") == NULL;
}
