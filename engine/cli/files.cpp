#include "files.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

namespace backstep::cli {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

Error from_errno(const std::string& path, int number, const char* otherwise) {
  if (number == ENOENT || number == ENOTDIR) return {"file.missing", path, "no such file"};
  return {otherwise, path, std::strerror(number)};
}

Result<std::vector<std::uint8_t>> read_all(std::FILE* file, const std::string& name, std::size_t limit) {
  std::vector<std::uint8_t> out;
  std::size_t used = 0;
  while (used <= limit) {
    constexpr std::size_t kChunk = std::size_t{1} << 16U;
    out.resize(std::min(limit + 1, used + kChunk));
    errno = 0;
    const std::size_t got = std::fread(out.data() + used, 1, out.size() - used, file);
    used += got;
    if (got > 0) continue;
    if (std::ferror(file) && errno == EAGAIN) {
      // A pipe that another program left non-blocking: wait for it.
      std::clearerr(file);
      usleep(1000);
      continue;
    }
    if (std::ferror(file)) return from_errno(name, errno, "file.unreadable");
    break;
  }
  out.resize(used);
  return out;
}

}  // namespace

Result<std::vector<std::uint8_t>> read_file(const std::string& path, std::size_t limit) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return Error{"file.unreadable", path, "a folder, not a file"};
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return from_errno(path, errno, "file.unreadable");
  return read_all(file.get(), path, limit);
}

Result<std::vector<std::uint8_t>> read_stdin(std::size_t limit) { return read_all(stdin, "stdin", limit); }

Status write_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  const std::string temporary = path + ".part" + std::to_string(getpid());
  std::FILE* file = std::fopen(temporary.c_str(), "wb");
  if (!file) return from_errno(path, errno, "file.unwritable");
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const int write_error = errno;
  const bool closed = std::fclose(file) == 0;
  if (!written || !closed || std::rename(temporary.c_str(), path.c_str()) != 0) {
    const int number = written ? errno : write_error;
    std::remove(temporary.c_str());
    return from_errno(path, number, "file.unwritable");
  }
  return Nothing{};
}

Result<std::vector<std::string>> list_files(const std::string& path, const std::string& suffix) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return Error{"file.missing", path, "no such file or folder"};
  if (!fs::is_directory(status)) return std::vector<std::string>{path};
  std::vector<std::string> out;
  fs::directory_iterator entry(path, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (entry->path().filename().string().ends_with(suffix)) out.push_back(entry->path().string());
  }
  if (error) return Error{"file.unreadable", path, error.message()};
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace backstep::cli
