#include "store.hpp"

#include <sqlite3.h>

std::vector<std::string> notes(const std::string &file) {
    sqlite3 *database = nullptr;
    std::vector<std::string> found;
    if (sqlite3_open(file.c_str(), &database) == SQLITE_OK) {
        auto collect = [](void *into, int, char **values, char **) {
            static_cast<std::vector<std::string> *>(into)->push_back(values[0]);
            return 0;
        };
        sqlite3_exec(database, "select text from note", collect, &found, nullptr);
    }
    sqlite3_close(database);
    return found;
}
