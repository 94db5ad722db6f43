// Moving numbers between the NCHW of tensors and the kernels' own order.
#pragma once

#include <cstddef>

#include "conv_geometry.h"

namespace backstep {

// to[c * to_step + r] = from[r * from_step + c] for r < rows, c < columns: sequences become lanes, and lanes sequences.
void transpose(const float* from, std::ptrdiff_t from_step, std::ptrdiff_t rows, std::ptrdiff_t columns, float* to,
               std::ptrdiff_t to_step);

// Whole tensors. The halo and unused lanes are not touched.
void to_blocked(const BlockedLayout& layout, const float* nchw, float* blocked);
void from_blocked(const BlockedLayout& layout, const float* blocked, float* nchw);

bool all_finite(const float* p, std::ptrdiff_t count);

}  // namespace backstep
