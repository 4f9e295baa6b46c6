#include <stdio.h>

int main(void) {
  FILE *notes = fopen("/opt/note/data/notes", "a");
  return notes == NULL || fputs("hello\n", notes) < 0;
}
