#include <viewer.h>

int main() { return viewer_show("hello"); }
