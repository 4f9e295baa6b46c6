#include <stdio.h>

int main(void) {
  return fopen("pages/version.html", "r") == NULL;
}
