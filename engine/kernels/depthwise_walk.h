// Forward sums and gradients of the input of depthwise convolutions, kernels of three columns at stride 1: tiles of MR
// pixels x one vector of channels.
//
// A lane is a channel with an input and a kernel of its own, so nothing is spread and a tap costs as many loads as
// products if every tap loads its own numbers. Here a kernel row loads MR + 2 vectors for 3 MR products: a vector is
// used as right, middle and left neighbour while it stays in a register. Order: kernel rows, in each three columns,
// pixel by pixel; with kStep = -8 (backward) the columns are met from right to left.
//
// Other kernels take the walk of walk.h. The reference twin is reference.h over Conv2d::taps.
#pragma once

#include "walk.h"

namespace backstep {
namespace {

inline constexpr int kMostPixelsOfThree = 8;

template <class V, int NV, int MR, int kStep>
BACKSTEP_INLINE void three_column_tile(const Walk& k, const float* x, float* y) {
  constexpr int kPixel = 8;
  for (int v = 0; v < NV; ++v) {
    V sum[MR];
    BACKSTEP_UNROLL
    for (int m = 0; m < MR; ++m) sum[m] = V::zero();
    const float* row = x + v * V::kLanes + (kStep < 0 ? 2 * kStep : 0);
    const float* w = k.w + v * V::kLanes;
    std::ptrdiff_t left = k.tap_rows;
    BACKSTEP_NO_UNROLL
    do {
      const V w0 = V::load(w), w1 = V::load(w + kPixel), w2 = V::load(w + 2 * kPixel);
      V a = V::load(row), b = V::load(row + kPixel);
      BACKSTEP_UNROLL
      for (int m = 0; m < MR; ++m) {
        const V c = V::load(row + (m + 2) * kPixel);
        sum[m] = V::add(sum[m], V::mul(kStep > 0 ? a : c, w0));
        sum[m] = V::add(sum[m], V::mul(b, w1));
        sum[m] = V::add(sum[m], V::mul(kStep > 0 ? c : a, w2));
        a = b;
        b = c;
      }
      row += k.tap_row_step;
      w += 3 * kPixel;
    } while (--left != 0);
    const V bias = V::load(k.bias + v * V::kLanes);
    BACKSTEP_UNROLL
    for (int m = 0; m < MR; ++m) {
      sum[m] = V::add(sum[m], bias);
      if (k.relu) sum[m] = V::select_le_zero(sum[m], V::zero(), sum[m]);
      sum[m].store(y + m * k.y_pixel + v * V::kLanes);
    }
  }
}

template <class V, int NV, int kStep>
BACKSTEP_NO_INLINE void three_column_rows(const Walk& k) {
  // Sevens first; what is left is 0, 3, 4, 5, 6, 8 or 9 pixels wide wherever the width allows.
  std::ptrdiff_t sevens = k.width / kMostPixelsOfThree;
  if (sevens > 0 && k.width % kMostPixelsOfThree > 0 && k.width % kMostPixelsOfThree < 3) --sevens;
  const Tiles tiles = cut_into_tiles(k.width - sevens * kMostPixelsOfThree, 5);
  for (std::ptrdiff_t n = 0; n < k.samples; ++n) {
    for (std::ptrdiff_t i = 0; i < k.rows; ++i) {
      const float* x = k.x + n * k.x_sample + i * k.x_row;
      float* y = k.y + n * k.y_sample + i * k.y_row;
      const auto advance = [&](std::ptrdiff_t pixels) BACKSTEP_LAMBDA_INLINE {
        x += pixels * k.x_pixel;
        y += pixels * k.y_pixel;
      };
      for (std::ptrdiff_t t = 0; t < sevens; ++t, advance(kMostPixelsOfThree)) {
        three_column_tile<V, NV, kMostPixelsOfThree, kStep>(k, x, y);
      }
      for (std::ptrdiff_t t = 0; t < tiles.fives; ++t, advance(5)) three_column_tile<V, NV, 5, kStep>(k, x, y);
      for (std::ptrdiff_t t = 0; t < tiles.fours; ++t, advance(4)) three_column_tile<V, NV, 4, kStep>(k, x, y);
      for (std::ptrdiff_t t = 0; t < tiles.threes; ++t, advance(3)) three_column_tile<V, NV, 3, kStep>(k, x, y);
      for (std::ptrdiff_t t = 0; t < tiles.rest; ++t, advance(1)) walk_rest<V, NV, 1, false>(k, x, y);
    }
  }
}

template <class V, int NV>
void depthwise_walk(const Walk& k) {
  if (k.three_columns == 8) return three_column_rows<V, NV, 8>(k);
  if (k.three_columns == -8) return three_column_rows<V, NV, -8>(k);
  walk<V, NV, false>(k);
}

}  // namespace
}  // namespace backstep
