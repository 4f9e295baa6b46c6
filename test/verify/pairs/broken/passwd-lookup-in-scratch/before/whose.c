#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  struct passwd *me = getpwuid(getuid());
  if (me) printf("drawer of %s\n", me->pw_name);
  else printf("drawer of #%d\n", (int)getuid());
  return 0;
}
