#pragma once

#include <string>
#include <vector>

std::vector<std::string> notes(const std::string &file);
