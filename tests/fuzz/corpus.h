// Inputs for the parsers: good ones to begin with, and bad ones that each say something.
#pragma once

#include <string>
#include <vector>

namespace backstep::fuzz {

std::vector<std::string> scene_corpus();
std::vector<std::string> address_corpus();
std::vector<std::string> playlist_corpus();
std::vector<std::string> safetensors_corpus();
std::vector<std::string> npy_corpus();

}  // namespace backstep::fuzz
