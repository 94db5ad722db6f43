// How a command ends early: thrown anywhere below it, caught once in program.cpp, printed as one line on stderr.
#pragma once

#include <string>
#include <utility>

#include "../result.h"

namespace backstep::cli {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;  // a check failed, or a document is not what it should be
inline constexpr int kExitUsage = 2;   // wrong use, or a path that does not exist

struct CommandError {
  int exit_code;
  std::string message;
};

[[noreturn]] inline void fail(std::string message) { throw CommandError{kExitFailed, std::move(message)}; }
[[noreturn]] inline void fail_usage(std::string message) { throw CommandError{kExitUsage, std::move(message)}; }

// Without control characters, whatever a file's name or a tensor's name holds.
inline std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

// The value, or the error under the name of the document that it is in.
template <class T>
T value_or_fail(Result<T> result, const std::string& document) {
  if (!result) fail(document + ": " + result.error().text());
  return std::move(*result);
}

}  // namespace backstep::cli
