// Files as the commands read and write them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "../result.h"

namespace backstep::cli {

// Up to `limit` bytes and one more, so that whoever reads them can see that there are too many. Errors: "file.missing",
// "file.unreadable", where = the path.
Result<std::vector<std::uint8_t>> read_file(const std::string& path, std::size_t limit);
Result<std::vector<std::uint8_t>> read_stdin(std::size_t limit);

// Writes to a temporary name beside `path`, then renames: the file is there whole or not at all. Errors: "file.missing"
// (the folder), "file.unwritable".
Status write_file(const std::string& path, std::span<const std::uint8_t> bytes);

// The files of a folder (not of its sub-folders) whose names end in `suffix`, sorted; a file is its own list. Errors:
// "file.missing", "file.unreadable".
Result<std::vector<std::string>> list_files(const std::string& path, const std::string& suffix);

}  // namespace backstep::cli
