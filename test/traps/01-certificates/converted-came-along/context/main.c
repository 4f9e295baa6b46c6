#include <openssl/ssl.h>

int main(void) {
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  return SSL_CTX_set_default_verify_paths(context) == 0;
}
