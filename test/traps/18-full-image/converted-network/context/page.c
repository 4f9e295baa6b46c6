#include <curl/curl.h>

int main(void) {
  CURL *page = curl_easy_init();
  curl_easy_setopt(page, CURLOPT_URL, "https://example.org/");
  return curl_easy_perform(page);
}
