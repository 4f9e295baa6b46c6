#include <openssl/evp.h>
#include <stdio.h>

int main(void) {
  printf("%d\n", EVP_MD_size(EVP_sha256()));
  return 0;
}
