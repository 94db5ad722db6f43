// A progress bar for long work, on standard error and only where that is a terminal.
#pragma once

#include <cstdint>
#include <string>

namespace backstep::cli {

class Progress {
 public:
  Progress(std::string label, std::int64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void set(std::int64_t done, const std::string& note = {});
  void finish();  // takes the bar away, before anything else is printed

 private:
  std::string label_;
  std::int64_t total_;
  int shown_ = -1;  // percent
  bool terminal_;
};

}  // namespace backstep::cli
