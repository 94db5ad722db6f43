// What every parser must keep to, whatever bytes it is given: an answer that is a value or an error with a code and a
// sentence, and a value that is written reads back as the same. The tests replay a corpus; with clang and
// -DBACKSTEP_FUZZ=ON each target is a libFuzzer program as well.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backstep::fuzz {

struct Target {
  std::string_view name;
  // What is wrong with the parser's answer; empty when all is well.
  std::string (*check)(std::span<const std::uint8_t> bytes);
  // Where mutations begin, and inputs that once went wrong.
  std::vector<std::string> (*corpus)();
};

std::span<const Target> targets();

// A few small changes at random places; `random` gives the next number.
std::string mutated(std::string bytes, std::uint64_t (*random)(void*), void* state);

}  // namespace backstep::fuzz
