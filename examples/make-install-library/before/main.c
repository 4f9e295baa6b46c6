#include <stdio.h>
#include <string.h>

unsigned long squeezed(const char *text);

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    printf("%zu bytes become %lu\n", strlen(argv[1]), squeezed(argv[1]));
    return 0;
}
