// Which of the seeded faults is on: the number in BACKSTEP_FAULT, none without it.
#pragma once

#include <cstdlib>

namespace backstep {

inline int active_fault() {
  static const int number = [] {
    const char* text = std::getenv("BACKSTEP_FAULT");
    return text ? std::atoi(text) : 0;
  }();
  return number;
}
inline bool fault(int number) { return active_fault() == number; }
inline bool any_fault() { return active_fault() != 0; }

}  // namespace backstep
