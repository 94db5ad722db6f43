// The yardstick: multiply and add in a register tile of 5 x 8 that never leaves the nearest cache, by the engine's own
// vector operations. No kernel that multiplies and adds apart can be faster in the same browser.
#include "engine/simd.h"

using backstep::simd::F32x4;

namespace {

constexpr int kRows = 5, kVectors = 2, kMostDepth = 512;
float numbers[kMostDepth * kRows];
float weights[kMostDepth * kVectors * F32x4::kLanes];
float results[kRows * kVectors * F32x4::kLanes];

}  // namespace

extern "C" {

// `runs` times the product of a 5 x depth and a depth x 8 matrix; depth at most 512.
[[clang::export_name("tile")]] void tile(int runs, int depth) {
  if (depth > kMostDepth) return;
  for (int run = 0; run < runs; ++run) {
    F32x4 sum[kRows][kVectors];
#pragma unroll
    for (int m = 0; m < kRows; ++m) {
#pragma unroll
      for (int v = 0; v < kVectors; ++v) sum[m][v] = F32x4::load(results + (m * kVectors + v) * F32x4::kLanes);
    }
    const float* x = numbers;
    const float* w = weights;
#pragma nounroll
    for (int k = depth; k > 0; --k) {
      F32x4 weight[kVectors];
#pragma unroll
      for (int v = 0; v < kVectors; ++v) weight[v] = F32x4::load(w + v * F32x4::kLanes);
#pragma unroll
      for (int m = 0; m < kRows; ++m) {
        const F32x4 number = F32x4::broadcast(x + m);
#pragma unroll
        for (int v = 0; v < kVectors; ++v) sum[m][v] = F32x4::add(sum[m][v], F32x4::mul(number, weight[v]));
      }
      x += kRows;
      w += kVectors * F32x4::kLanes;
    }
#pragma unroll
    for (int m = 0; m < kRows; ++m) {
#pragma unroll
      for (int v = 0; v < kVectors; ++v) sum[m][v].store(results + (m * kVectors + v) * F32x4::kLanes);
    }
  }
}

}  // extern "C"
