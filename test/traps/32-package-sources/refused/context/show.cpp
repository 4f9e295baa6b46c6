#include <cstdlib>

int main() {
  return std::system("viewer --once");
}
