#include "lanes.h"

#include "../simd.h"

namespace backstep {
namespace {

#if defined(__wasm_simd128__) || defined(__x86_64__)
constexpr bool kVectors = true;
using V = simd::F32x4;
#else
constexpr bool kVectors = false;
using V = simd::F32x1;
#endif

}  // namespace

void transpose(const float* from, std::ptrdiff_t from_step, std::ptrdiff_t rows, std::ptrdiff_t columns, float* to,
               std::ptrdiff_t to_step) {
  std::ptrdiff_t r = 0;
  if constexpr (kVectors) {
    for (; r + 4 <= rows; r += 4) {
      const float* f = from + r * from_step;
      float* t = to + r;
      std::ptrdiff_t c = 0;
      for (; c + 4 <= columns; c += 4) {
        V v0 = V::load(f + c), v1 = V::load(f + c + from_step), v2 = V::load(f + c + 2 * from_step),
          v3 = V::load(f + c + 3 * from_step);
        simd::transpose(v0, v1, v2, v3);
        v0.store(t + c * to_step);
        v1.store(t + (c + 1) * to_step);
        v2.store(t + (c + 2) * to_step);
        v3.store(t + (c + 3) * to_step);
      }
      for (; c < columns; ++c) {
        for (std::ptrdiff_t k = 0; k < 4; ++k) t[c * to_step + k] = f[k * from_step + c];
      }
    }
  }
  for (; r < rows; ++r) {
    for (std::ptrdiff_t c = 0; c < columns; ++c) to[c * to_step + r] = from[r * from_step + c];
  }
}

namespace {

// Calls visit(plane of NCHW, its place in the blocked tensor, channels) for each block of each sample.
template <class Visit>
void each_block(const BlockedLayout& l, Visit&& visit) {
  const std::int64_t CG = l.C / l.G;
  for (std::int64_t n = 0; n < l.N; ++n) {
    for (std::int64_t g = 0; g < l.G; ++g) {
      for (std::int64_t b = 0; b < l.blocks; ++b) {
        const std::int64_t first = b * l.lanes, live = CG - first < l.lanes ? CG - first : l.lanes;
        visit((n * l.C + g * CG + first) * l.H * l.W, l.origin() + n * l.sample() + g * l.group() + b * l.block(),
              live);
      }
    }
  }
}

}  // namespace

void to_blocked(const BlockedLayout& l, const float* nchw, float* blocked) {
  const std::int64_t area = l.H * l.W;
  each_block(l, [&](std::int64_t plane, std::int64_t place, std::int64_t live) {
    if (l.row() == l.W * l.lanes) {
      transpose(nchw + plane, area, live, area, blocked + place, l.lanes);
      return;
    }
    for (std::int64_t h = 0; h < l.H; ++h) {
      transpose(nchw + plane + h * l.W, area, live, l.W, blocked + place + h * l.row(), l.lanes);
    }
  });
}

void from_blocked(const BlockedLayout& l, const float* blocked, float* nchw) {
  const std::int64_t area = l.H * l.W;
  each_block(l, [&](std::int64_t plane, std::int64_t place, std::int64_t live) {
    if (l.row() == l.W * l.lanes) {
      transpose(blocked + place, l.lanes, area, live, nchw + plane, area);
      return;
    }
    for (std::int64_t h = 0; h < l.H; ++h) {
      transpose(blocked + place + h * l.row(), l.lanes, l.W, live, nchw + plane + h * l.W, area);
    }
  });
}

// A finite number times zero is a zero; an infinity or a NaN gives NaN, which stays.
bool all_finite(const float* p, std::ptrdiff_t count) {
  V sum = V::zero();
  std::ptrdiff_t i = 0;
  for (; i + V::kLanes <= count; i += V::kLanes) sum = V::add(sum, V::mul(V::load(p + i), V::zero()));
  float lane[V::kLanes];
  sum.store(lane);
  float total = 0.0F;
  for (const float value : lane) total += value;
  for (; i < count; ++i) total += p[i] * 0.0F;
  return total == 0.0F;
}

}  // namespace backstep
