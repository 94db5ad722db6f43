// Kernels that treat every element alike. Memory bound, so 128 bits are as fast as any wider set.
#pragma once

#include <cstdint>

#include "../simd.h"

namespace backstep {

struct ElementwiseKernels {
  // out[i] = through[i] <= 0 ? +0 : value[i]; a NaN in `through` lets the value pass.
  void (*gate)(const float* through, const float* value, float* out, std::int64_t count);
};

const ElementwiseKernels& elementwise_kernels(Isa isa);

}  // namespace backstep
