// Files for the tests of the readers, made by hand byte by byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace backstep::test {

using FileBytes = std::vector<std::uint8_t>;

inline FileBytes little_endian(std::uint64_t value, std::size_t width) {
  FileBytes out;
  for (std::size_t i = 0; i < width; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  return out;
}

inline FileBytes joined(std::initializer_list<FileBytes> parts) {
  FileBytes out;
  for (const FileBytes& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

inline FileBytes text_bytes(std::string_view text) { return {text.begin(), text.end()}; }
inline FileBytes zeros(std::size_t count) { return FileBytes(count, 0); }

// A safetensors file with this header and so many bytes of data, zeros.
inline FileBytes safetensors_bytes(std::string_view header, std::size_t data) {
  return joined({little_endian(header.size(), 8), text_bytes(header), zeros(data)});
}

// A .npy file of version 1.0 with this dictionary and so many bytes of data, zeros.
inline FileBytes npy_bytes(std::string_view dictionary, std::size_t data) {
  return joined(
      {{0x93}, text_bytes("NUMPY"), {1, 0}, little_endian(dictionary.size(), 2), text_bytes(dictionary), zeros(data)});
}

}  // namespace backstep::test
