#include <stdio.h>

int main(void) {
  FILE *notes = fopen("notes", "a");
  return notes == NULL || fputs("hello\n", notes) < 0;
}
