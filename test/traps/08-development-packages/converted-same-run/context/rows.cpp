#include <libpq-fe.h>
#include <cstdio>

int main() {
  std::printf("%d\n", PQlibVersion());
}
