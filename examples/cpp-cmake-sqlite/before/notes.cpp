#include <fstream>
#include <iostream>

#include "store.hpp"

int main(int argc, char **argv) {
    std::ifstream file("/opt/notes/share/greeting.txt");
    std::string greeting;
    std::getline(file, greeting);
    std::cout << greeting << std::endl;
    for (const auto &text : notes(argc > 1 ? argv[1] : "notes.db")) std::cout << "- " << text << std::endl;
    return greeting.empty();
}
