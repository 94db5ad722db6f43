#include "output_file.h"

#include <filesystem>

#include "command_error.h"
#include "files.h"

namespace backstep::cli {

void save_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  const Status written = write_file(path, bytes);
  if (written) return;
  if (written.error().code == "file.missing") fail_usage(path + ": no such folder");
  fail(written.error().text());
}

void check_output(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::is_directory(path, error)) fail(path + ": a folder, not a file");
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error)) fail_usage(path + ": no such folder");
}

}  // namespace backstep::cli
