#include <openssl/sha.h>

#include <cstdio>
#include <iostream>
#include <string>

int main(int argc, char **argv) {
    const std::string text = argc > 1 ? argv[1] : "";
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char *>(text.data()), text.size(), hash);
    std::string hex;
    for (unsigned char byte : hash) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", byte);
        hex += two;
    }
    std::cout << hex << std::endl;
}
