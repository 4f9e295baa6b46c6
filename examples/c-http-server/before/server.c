#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void answer(int client) {
    char request[2048], page[4096], head[256];
    if (read(client, request, sizeof request) <= 0) return;
    FILE *file = fopen("pages/index.html", "r");
    size_t length = file ? fread(page, 1, sizeof page, file) : 0;
    if (file) fclose(file);
    int size = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
                        length ? "200 OK" : "404 Not Found", length);
    write(client, head, (size_t)size);
    write(client, page, length);
}

int main(void) {
    signal(SIGTERM, SIG_DFL);
    int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(8080), .sin_addr.s_addr = htonl(INADDR_ANY)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 16)) {
        perror("listen");
        return 1;
    }
    puts("listening on 8080");
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0) continue;
        answer(client);
        close(client);
    }
}
