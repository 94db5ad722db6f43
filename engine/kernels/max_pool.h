// The max pool that nearly every network has: windows of 2 x 2 that tile two rows. Which of four values wins is as good
// as random, so comparing them one by one waits for mispredicted branches; here a lane is a window and nothing
// branches.
#pragma once

#include <cstddef>
#include <cstdint>

namespace backstep {

struct PoolRows {
  const float* upper;
  const float* lower;
  std::int32_t upper_index, lower_index;  // of their first values, for the switches
  float* y;
  std::int32_t* switches;  // may be null
};

// Of `windows` windows from the left as many as vectors can take; gives their number. The winner is the first one in
// row-major order that no other beats; a NaN beats every number.
std::ptrdiff_t max_pool_2x2(const PoolRows& rows, std::ptrdiff_t windows);

}  // namespace backstep
