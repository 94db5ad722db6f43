// Gradients of the weights: tiles of MR input numbers x one panel of output channels in registers.
//
// Order: for each weight one subtotal for each output row, over its columns, and subtotals added to the total in
// (sample, row) order; everything starts at +0. The totals of one panel and one input block are small enough to stay in
// the nearest cache while the rows go by. In the blocked layout the inputs that one output pixel meets (kernel columns
// x channels of a block) lie side by side: a row is one walk through x and dy at once, without an im2col copy.
//
// The reference twin is reference.h over Conv2d::taps.
#pragma once

#include "conv_kernels.h"
#include "panel.h"

namespace backstep {
namespace {

// One tile over one row. kSpread as in walk.h; otherwise number j is a vector of its own, 8 floats after the last one.
template <class V, int NV, int MR, bool kSpread>
BACKSTEP_INLINE void gradient_tile(const GradientWalk& k, const float* x, const float* dy, float* total) {
  using P = Panel<V, NV>;
  V sum[MR][NV];
  BACKSTEP_UNROLL
  for (int m = 0; m < MR; ++m) {
    BACKSTEP_UNROLL
    for (int v = 0; v < NV; ++v) sum[m][v] = V::zero();
  }
  const std::ptrdiff_t x_pixel = k.x_pixel, dy_pixel = k.dy_pixel, dy_block = k.dy_block;
  std::ptrdiff_t left = k.width;
  BACKSTEP_NO_UNROLL
  do {
    V gradient[NV];
    BACKSTEP_UNROLL
    for (int v = 0; v < NV; ++v) gradient[v] = P::load(dy, v, dy_block);
    BACKSTEP_UNROLL
    for (int m = 0; m < MR; ++m) {
      if constexpr (kSpread) {
        const V number = V::broadcast(x + m);
        BACKSTEP_UNROLL
        for (int v = 0; v < NV; ++v) sum[m][v] = V::add(sum[m][v], V::mul(number, gradient[v]));
      } else {
        BACKSTEP_UNROLL
        for (int v = 0; v < NV; ++v) {
          sum[m][v] = V::add(sum[m][v], V::mul(V::load(x + m * P::kLanes + v * V::kLanes), gradient[v]));
        }
      }
    }
    x += x_pixel;
    dy += dy_pixel;
  } while (--left != 0);
  BACKSTEP_UNROLL
  for (int m = 0; m < MR; ++m) {
    BACKSTEP_UNROLL
    for (int v = 0; v < NV; ++v) {
      float* t = total + m * P::kLanes + v * V::kLanes;
      V::add(V::load(t), sum[m][v]).store(t);
    }
  }
}

template <class V, int NV, int MR, bool kSpread>
BACKSTEP_NO_INLINE void gradient_rest(const GradientWalk& k, const float* x, const float* dy, float* total) {
  gradient_tile<V, NV, MR, kSpread>(k, x, dy, total);
}

template <class V, int NV, bool kSpread>
BACKSTEP_NO_INLINE void gradient(const GradientWalk& k) {
  constexpr int kMost = kMostPixels<V, NV>;
  constexpr std::ptrdiff_t P = V::kLanes * NV;
  constexpr std::ptrdiff_t kNumber = kSpread ? 1 : P;  // floats of x for each number
  const Tiles tiles = cut_into_tiles(k.length, kMost);
  for (std::ptrdiff_t n = 0; n < k.samples; ++n) {
    for (std::ptrdiff_t i = 0; i < k.rows; ++i) {
      const float* dy = k.dy + n * k.dy_sample + i * k.dy_row;
      for (std::ptrdiff_t p = 0; p < k.tap_rows; ++p) {
        const std::ptrdiff_t h = i * k.stride_h + p * k.dilation_h - k.pad_top;
        if (h < 0 || h >= k.H) continue;
        for (std::ptrdiff_t r = 0; r < k.runs; ++r) {
          const float* x = k.x + n * k.x_sample + i * k.x_row + p * k.x_tap_row + r * k.x_run;
          float* total = k.total + p * k.total_tap_row + r * k.total_run;
          const auto advance = [&](std::ptrdiff_t numbers) BACKSTEP_LAMBDA_INLINE {
            x += numbers * kNumber;
            total += numbers * P;
          };
          if constexpr (kMost >= 10) {
            for (std::ptrdiff_t t = 0; t < tiles.tens; ++t, advance(10)) {
              gradient_tile<V, NV, 10, kSpread>(k, x, dy, total);
            }
          }
          if constexpr (kMost >= 5) {
            for (std::ptrdiff_t t = 0; t < tiles.fives; ++t, advance(5)) {
              gradient_tile<V, NV, 5, kSpread>(k, x, dy, total);
            }
            for (std::ptrdiff_t t = 0; t < tiles.fours; ++t, advance(4)) {
              gradient_tile<V, NV, 4, kSpread>(k, x, dy, total);
            }
            for (std::ptrdiff_t t = 0; t < tiles.threes; ++t, advance(3)) {
              gradient_rest<V, NV, 3, kSpread>(k, x, dy, total);
            }
            if (tiles.rest == 2) gradient_rest<V, NV, 2, kSpread>(k, x, dy, total);
            if (tiles.rest == 1) gradient_rest<V, NV, 1, kSpread>(k, x, dy, total);
          } else {
            for (std::ptrdiff_t t = 0; t < tiles.rest; ++t, advance(1)) {
              gradient_rest<V, NV, 1, kSpread>(k, x, dy, total);
            }
          }
        }
      }
    }
  }
}

template <class V, int NV>
void row_sums(const RowSums& k) {
  using P = Panel<V, NV>;
  V total[NV];
  for (int v = 0; v < NV; ++v) total[v] = V::zero();
  for (std::ptrdiff_t n = 0; n < k.samples; ++n) {
    for (std::ptrdiff_t i = 0; i < k.rows; ++i) {
      const float* dy = k.dy + n * k.dy_sample + i * k.dy_row;
      V row[NV];
      BACKSTEP_UNROLL
      for (int v = 0; v < NV; ++v) row[v] = V::zero();
      for (std::ptrdiff_t j = 0; j < k.width; ++j, dy += k.dy_pixel) {
        BACKSTEP_UNROLL
        for (int v = 0; v < NV; ++v) row[v] = V::add(row[v], P::load(dy, v, k.dy_block));
      }
      BACKSTEP_UNROLL
      for (int v = 0; v < NV; ++v) total[v] = V::add(total[v], row[v]);
    }
  }
  for (int v = 0; v < NV; ++v) total[v].store(k.total + v * V::kLanes);
}

}  // namespace
}  // namespace backstep
