#include <chrono>
#include <fstream>
#include <thread>

int main() {
    for (int count = 0;; count++) {
        std::ofstream("/var/www/html/count.txt") << "counting" << std::endl;
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
}
