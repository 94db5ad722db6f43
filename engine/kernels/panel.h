// A panel: NV vectors over the channels of a pixel in the blocked layout, 8 channels to a block.
#pragma once

#include <cstddef>

#include "../simd.h"
#include "unroll.h"

namespace backstep {
namespace {

template <class V, int NV>
struct Panel {
  static constexpr int kLanes = V::kLanes * NV;

  // Where vector v of a pixel begins; block is the step to the next 8 channels.
  static BACKSTEP_INLINE std::ptrdiff_t at(int v, std::ptrdiff_t block) {
    const int channel = v * V::kLanes;
    return channel / 8 * block + channel % 8;
  }
  static BACKSTEP_INLINE V load(const float* p, int v, std::ptrdiff_t block) {
    if constexpr (V::kLanes > 8)
      return V::join(p + at(v, block), p + at(v, block) + block);
    else
      return V::load(p + at(v, block));
  }
  static BACKSTEP_INLINE void store(V value, float* p, int v, std::ptrdiff_t block) {
    if constexpr (V::kLanes > 8)
      value.split(p + at(v, block), p + at(v, block) + block);
    else
      value.store(p + at(v, block));
  }
  // All of the panel, or its first `live` lanes, which then lie side by side.
  static BACKSTEP_INLINE void store_pixel(const V (&values)[NV], float* p, std::ptrdiff_t block, std::ptrdiff_t live) {
    if (live == 0) {
      BACKSTEP_UNROLL
      for (int v = 0; v < NV; ++v) store(values[v], p, v, block);
      return;
    }
    float lane[kLanes];
    BACKSTEP_UNROLL
    for (int v = 0; v < NV; ++v) values[v].store(lane + v * V::kLanes);
    for (std::ptrdiff_t k = 0; k < live; ++k) p[k] = lane[k];
  }
};

// A width is cut into tiles of kMost, 5, 4, 3, 2 or 1 pixels, as even as possible: small tiles wait for their sums.
// A vector of 8 or more lanes alone in its panel needs more pixels than a pair of vectors to keep both units busy.
template <class V, int NV>
inline constexpr int kMostPixels = V::kLanes == 1              ? 1
                                   : V::kLanes >= 8 && NV == 1 ? 10
                                                               : 5;

struct Tiles {
  std::ptrdiff_t tens = 0, fives = 0, fours = 0, threes = 0, rest = 0;
};
inline Tiles cut_into_tiles(std::ptrdiff_t width, int most) {
  Tiles out;
  if (most == 1) {
    out.rest = width;
    return out;
  }
  const auto fives_and_fours = [](std::ptrdiff_t w) {
    return w >= 12 || w == 0 || w == 8 || w == 4 || w == 5 || w == 9 || w == 10;
  };
  if (most == 10) {
    while (width >= 10 && fives_and_fours(width - 10)) {
      ++out.tens;
      width -= 10;
    }
  }
  if (fives_and_fours(width)) {
    out.fives = width / 5;
    while ((width - 5 * out.fives) % 4 != 0) --out.fives;
    out.fours = (width - 5 * out.fives) / 4;
    return out;
  }
  // 1, 2, 3, 6, 7 and 11 are left.
  out.fives = width == 11 ? 1 : 0;
  out.fours = width == 7 ? 1 : 0;
  width -= 5 * out.fives + 4 * out.fours;
  out.threes = width / 3;
  out.rest = width % 3;
  return out;
}

}  // namespace
}  // namespace backstep
