#include <glob.h>
#include <stdlib.h>

int main(int count, char **words) {
  glob_t found;
  glob("/srv/pages/*.html", 0, 0, &found);
  return system(words[1]);
}
/* the end */
