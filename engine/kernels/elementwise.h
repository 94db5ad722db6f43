// Kernels that treat every element alike. Memory bound, so 128 bits are as fast as any wider set.
// Each result is a sum of one term that starts at +0, as everywhere: a -0 comes out as +0.
#pragma once

#include <cstdint>

#include "../simd.h"

namespace backstep {

struct ElementwiseKernels {
  // out[i] = 0 + (through[i] <= 0 ? 0 : value[i]); a NaN in `through` lets the value pass.
  void (*gate)(const float* through, const float* value, float* out, std::int64_t count);
  // out[i] = 0 + (through[i] <= 0 ? slope * value[i] : value[i]); a NaN in `through` lets the value pass.
  void (*leak)(const float* through, const float* value, float slope, float* out, std::int64_t count);
};

const ElementwiseKernels& elementwise_kernels(Isa isa);

}  // namespace backstep
