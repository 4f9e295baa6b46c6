#include <dlfcn.h>

int main(void) {
  return dlopen("libMagickCore-6.Q16.so.6", RTLD_LAZY) == 0;
}
