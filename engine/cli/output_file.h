// --out and --save: files that a command writes.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace backstep::cli {

// Whole or not at all (see write_file). Throws CommandError: usage where the folder does not exist.
void save_file(const std::string& path, std::span<const std::uint8_t> bytes);

// Before long work: throws what save_file would throw if nothing can be written there.
void check_output(const std::string& path);

}  // namespace backstep::cli
