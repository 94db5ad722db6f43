#include "max_pool.h"

#include <bit>

#include "../simd_compare.h"

namespace backstep {

#if defined(__wasm_simd128__) || defined(__x86_64__)
namespace {

using V = simd::F32x4;

// Indices travel as the bits of lanes: they are chosen and stored, never computed with.
V lanes_of(std::int32_t index) { return V::splat(std::bit_cast<float>(index)); }

struct Best {
  V value, index;

  void meet(V other, V other_index) {
    const V mask = simd::beats(other, value);
    value = simd::choose(mask, other, value);
    index = simd::choose(mask, other_index, index);
  }
};

}  // namespace

std::ptrdiff_t max_pool_2x2(const PoolRows& rows, std::ptrdiff_t windows) {
  const V up = lanes_of(0), up_right = lanes_of(1), down = lanes_of(rows.lower_index - rows.upper_index),
          down_right = lanes_of(rows.lower_index - rows.upper_index + 1);
  std::ptrdiff_t done = 0;
  for (; done + V::kLanes <= windows; done += V::kLanes) {
    const float* u = rows.upper + 2 * done;
    const float* l = rows.lower + 2 * done;
    const V u0 = V::load(u), u1 = V::load(u + V::kLanes), l0 = V::load(l), l1 = V::load(l + V::kLanes);
    Best best{simd::even(u0, u1), up};
    best.meet(simd::odd(u0, u1), up_right);
    best.meet(simd::even(l0, l1), down);
    best.meet(simd::odd(l0, l1), down_right);
    best.value.store(rows.y + done);
    if (!rows.switches) continue;
    float index[V::kLanes];
    best.index.store(index);
    const auto first = static_cast<std::int32_t>(rows.upper_index + 2 * done);
    for (int k = 0; k < V::kLanes; ++k) {
      rows.switches[done + k] = std::bit_cast<std::int32_t>(index[k]) + first + 2 * k;
    }
  }
  return done;
}
#else
std::ptrdiff_t max_pool_2x2(const PoolRows&, std::ptrdiff_t) { return 0; }
#endif

}  // namespace backstep
