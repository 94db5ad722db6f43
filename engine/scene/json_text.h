// Pieces of JSON text: strings, numbers and the paths that errors name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace backstep {

std::string json_string(std::string_view text);  // in quotes, escaped; `text` is UTF-8

// The shortest decimal that the parser reads back as the same double or float; finite values only.
std::string json_number(double value);
std::string json_number(float value);

// A number of a document as float: rounded to double first, then narrowed, here and nowhere else, so that every build
// reads the same bits. False where it overflows float.
bool narrow_to_float(double value, float& out);

// "layers[2]" and "kernel" make "layers[2].kernel"; "layers" and 2 make "layers[2]". A key that is no word is quoted.
std::string json_path_member(std::string_view path, std::string_view key);
std::string json_path_item(std::string_view path, std::int64_t index);

// At most the first `longest` bytes, not cut inside a character, an ellipsis for the rest.
std::string json_excerpt(std::string_view text, std::size_t longest = 40);

}  // namespace backstep
