// The JSON header of a safetensors file, checked entry by entry while it is read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tensor_file.h"

namespace backstep {

struct SafetensorsEntry {
  std::string name;
  ElementType type = ElementType::f32;
  Shape shape;
  std::int64_t begin = 0;  // of its data, from the end of the header
  std::int64_t end = 0;
  std::size_t position = 0;  // of the entry, from the start of the file
};

struct SafetensorsHeader {
  std::vector<SafetensorsEntry> entries;
  std::map<std::string, std::string, std::less<>> metadata;
};

// `json` is the header's text, `start` its place in the file (for error offsets). Every entry is complete and of the
// size that its shape says; whether the entries fit the data and each other is the caller's to check.
Result<SafetensorsHeader> read_safetensors_header(Bytes json, std::size_t start);

}  // namespace backstep
