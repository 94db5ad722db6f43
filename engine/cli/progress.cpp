#include "progress.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

namespace backstep::cli {
namespace {

constexpr std::int64_t kCells = 30;

// Under node isatty() says yes to everything, and only the device's name leads to what the file is.
bool stderr_is_terminal() {
  struct stat status{};
  const bool found = fstat(STDERR_FILENO, &status) == 0 || stat("/dev/stderr", &status) == 0;
  return found && S_ISCHR(status.st_mode) && isatty(STDERR_FILENO) == 1;
}

}  // namespace

Progress::Progress(std::string label, std::int64_t total)
    : label_(std::move(label)), total_(total), terminal_(stderr_is_terminal()) {}

Progress::~Progress() { finish(); }

void Progress::finish() {
  if (shown_ >= 0) std::fputs("\r\x1b[K", stderr);
  shown_ = -1;
}

void Progress::set(std::int64_t done, const std::string& note) {
  if (!terminal_ || total_ <= 0) return;
  const int percent = static_cast<int>(100 * done / total_);
  if (percent == shown_) return;
  shown_ = percent;
  const auto full = static_cast<std::size_t>(kCells * done / total_);
  const std::string bar = std::string(full, '#') + std::string(static_cast<std::size_t>(kCells) - full, '.');
  std::fprintf(stderr, "\r\x1b[K%s [%s] %3d%% %s", label_.c_str(), bar.c_str(), percent, note.c_str());
  std::fflush(stderr);
}

}  // namespace backstep::cli
