#include <curl/curl.h>
#include <stdio.h>

/* Prints how many bytes each address answers with. */
static size_t count(char *data, size_t size, size_t n, void *sum) {
  (void)data;
  *(size_t *)sum += size * n;
  return size * n;
}

int main(int argc, char **argv) {
  int failed = 0;
  if (argc < 2) {
    puts("usage: ratefetch https://...");
    return 0;
  }
  curl_global_init(CURL_GLOBAL_DEFAULT);
  for (int i = 1; i < argc; i++) {
    size_t sum = 0;
    CURL *c = curl_easy_init();
    curl_easy_setopt(c, CURLOPT_URL, argv[i]);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, 5L);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, count);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &sum);
    CURLcode rc = curl_easy_perform(c);
    if (rc != CURLE_OK) {
      fprintf(stderr, "%s: %s\n", argv[i], curl_easy_strerror(rc));
      failed = 1;
    } else {
      printf("%s: %s\n", argv[i], sum > 0 ? "has rates" : "empty");
    }
    curl_easy_cleanup(c);
  }
  return failed;
}
