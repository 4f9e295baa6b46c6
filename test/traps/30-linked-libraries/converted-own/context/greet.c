#include <curl/curl.h>
#include <stdio.h>

void greet(void) {
  puts(curl_version());
}
