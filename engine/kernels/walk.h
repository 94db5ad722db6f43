// Forward sums and gradients of the input: tiles of MR pixels x one panel of output channels in registers.
//
// Order: one tap after the other in the order of the walk (ic, kh, kw forward; oc, kh, kw backward), for each tap MR *
// NV times mul and add, each rounded. The sums stay in registers from the first tap to the last; the list of steps
// makes one flat loop out of channels, kernel rows and columns, which compilers leave alone: unrolled taps would be
// reordered until the sums spill. Each tap loads NV vectors of weights and MR numbers that it spreads over a vector. 5
// pixels x 8 channels by 128-bit vectors need 10 sums, 2 weights, 1 number and 1 product: 14 of the 15 registers that a
// WebAssembly engine has on x86.
//
// The reference twin is reference.h over Conv2d::taps.
#pragma once

#include "conv_kernels.h"
#include "panel.h"

namespace backstep {
namespace {

BACKSTEP_INLINE const float* step_bytes(const float* p, std::int32_t bytes) {
  return reinterpret_cast<const float*>(reinterpret_cast<const char*>(p) + bytes);
}

// One tile. kPixel: floats from pixel to pixel, 0: known at run time only. kSpread: every lane multiplies the same
// number of x; otherwise (depthwise) each its own.
template <class V, int NV, int MR, int kPixel, bool kSpread>
BACKSTEP_INLINE void walk_tile(const Walk& k, const float* x, float* y) {
  using P = Panel<V, NV>;
  V sum[MR][NV];
  BACKSTEP_UNROLL
  for (int m = 0; m < MR; ++m) {
    BACKSTEP_UNROLL
    for (int v = 0; v < NV; ++v) sum[m][v] = V::zero();
  }
  const float* at[MR];
  BACKSTEP_UNROLL
  for (int m = 0; m < MR; ++m) at[m] = x + m * k.x_pixel;
  const float* w = k.w;
  for (std::ptrdiff_t block = 1; block <= k.blocks; ++block) {
    const std::int32_t* step = k.steps;
    const std::int32_t* const end = step + (block < k.blocks ? k.taps : k.last_taps);
    BACKSTEP_NO_UNROLL
    do {
      V weight[NV];
      BACKSTEP_UNROLL
      for (int v = 0; v < NV; ++v) weight[v] = V::load(w + v * V::kLanes);
      BACKSTEP_UNROLL
      for (int m = 0; m < MR; ++m) {
        const float* p = kPixel > 0 ? x + m * kPixel : at[m];
        if constexpr (kSpread) {
          const V number = V::broadcast(p);
          BACKSTEP_UNROLL
          for (int v = 0; v < NV; ++v) sum[m][v] = V::add(sum[m][v], V::mul(number, weight[v]));
        } else {
          BACKSTEP_UNROLL
          for (int v = 0; v < NV; ++v) sum[m][v] = V::add(sum[m][v], V::mul(V::load(p + v * V::kLanes), weight[v]));
        }
      }
      w += P::kLanes;
      if constexpr (kPixel > 0) {
        x = step_bytes(x, *step);
      } else {
        const std::int32_t bytes = *step;
        BACKSTEP_UNROLL
        for (int m = 0; m < MR; ++m) at[m] = step_bytes(at[m], bytes);
      }
    } while (++step != end);
  }
  BACKSTEP_UNROLL
  for (int v = 0; v < NV; ++v) {
    const V bias = V::load(k.bias + v * V::kLanes);
    BACKSTEP_UNROLL
    for (int m = 0; m < MR; ++m) sum[m][v] = V::add(sum[m][v], bias);
  }
  if (k.relu) {
    BACKSTEP_UNROLL
    for (int m = 0; m < MR; ++m) {
      BACKSTEP_UNROLL
      for (int v = 0; v < NV; ++v) sum[m][v] = V::select_le_zero(sum[m][v], V::zero(), sum[m][v]);
    }
  }
  BACKSTEP_UNROLL
  for (int m = 0; m < MR; ++m) P::store_pixel(sum[m], y + m * k.y_pixel, k.y_block, k.live);
}

template <class V, int NV, int MR, bool kSpread>
BACKSTEP_NO_INLINE void walk_rest(const Walk& k, const float* x, float* y) {
  walk_tile<V, NV, MR, 0, kSpread>(k, x, y);
}

template <class V, int NV, int kPixel, bool kSpread>
BACKSTEP_NO_INLINE void walk_rows(const Walk& k) {
  constexpr int kMost = kMostPixels<V, NV>;
  const Tiles tiles = cut_into_tiles(k.width, kMost);
  for (std::ptrdiff_t n = 0; n < k.samples; ++n) {
    for (std::ptrdiff_t i = 0; i < k.rows; ++i) {
      const float* x = k.x + n * k.x_sample + i * k.x_row;
      float* y = k.y + n * k.y_sample + i * k.y_row;
      const auto advance = [&](std::ptrdiff_t pixels) BACKSTEP_LAMBDA_INLINE {
        x += pixels * k.x_pixel;
        y += pixels * k.y_pixel;
      };
      if constexpr (kMost >= 10) {
        for (std::ptrdiff_t t = 0; t < tiles.tens; ++t, advance(10)) walk_tile<V, NV, 10, kPixel, kSpread>(k, x, y);
      }
      if constexpr (kMost >= 5) {
        for (std::ptrdiff_t t = 0; t < tiles.fives; ++t, advance(5)) walk_tile<V, NV, 5, kPixel, kSpread>(k, x, y);
        for (std::ptrdiff_t t = 0; t < tiles.fours; ++t, advance(4)) walk_tile<V, NV, 4, kPixel, kSpread>(k, x, y);
        for (std::ptrdiff_t t = 0; t < tiles.threes; ++t, advance(3)) walk_rest<V, NV, 3, kSpread>(k, x, y);
        if (tiles.rest == 2) walk_rest<V, NV, 2, kSpread>(k, x, y);
        if (tiles.rest == 1) walk_rest<V, NV, 1, kSpread>(k, x, y);
      } else {
        for (std::ptrdiff_t t = 0; t < tiles.rest; ++t, advance(1)) walk_rest<V, NV, 1, kSpread>(k, x, y);
      }
    }
  }
}

// Steps from pixel to pixel that are worth code of their own: full blocks at stride 1, and one input channel.
template <class V, int NV, bool kSpread>
void walk(const Walk& k) {
  if (k.x_pixel == 8) return walk_rows<V, NV, 8, kSpread>(k);
  if (kSpread && k.x_pixel == 1) return walk_rows<V, NV, 1, kSpread>(k);
  walk_rows<V, NV, 0, kSpread>(k);
}

template <class V, int NV, bool kSpread>
void checked_walk(const CheckedWalk& c) {
  using P = Panel<V, NV>;
  const Walk& k = c.walk;
  for (std::ptrdiff_t n = 0; n < k.samples; ++n) {
    for (std::ptrdiff_t i = 0; i < k.rows; ++i) {
      for (std::ptrdiff_t j = 0; j < k.width; ++j) {
        V sum[NV];
        for (int v = 0; v < NV; ++v) sum[v] = V::zero();
        const float* w = k.w;
        for (std::ptrdiff_t channel = 0; channel < c.channels; ++channel) {
          const float* plane = k.x + n * k.x_sample + channel / c.lanes * c.block + channel % c.lanes;
          for (std::ptrdiff_t p = 0; p < c.tap_rows; ++p) {
            const std::ptrdiff_t h = i * c.stride_h + c.row_offset[p];
            for (std::ptrdiff_t q = 0; q < c.tap_columns; ++q, w += P::kLanes) {
              const std::ptrdiff_t u = j * c.stride_w + c.column_offset[q];
              if (h < 0 || h >= c.H || u < 0 || u >= c.W) continue;
              const float* number = plane + h * c.row + u * c.pixel;
              for (int v = 0; v < NV; ++v) {
                const V factor = kSpread ? V::broadcast(number) : V::load(number + v * V::kLanes);
                sum[v] = V::add(sum[v], V::mul(factor, V::load(w + v * V::kLanes)));
              }
            }
          }
        }
        for (int v = 0; v < NV; ++v) {
          sum[v] = V::add(sum[v], V::load(k.bias + v * V::kLanes));
          if (k.relu) sum[v] = V::select_le_zero(sum[v], V::zero(), sum[v]);
        }
        P::store_pixel(sum, k.y + n * k.y_sample + i * k.y_row + j * k.y_pixel, k.y_block, k.live);
      }
    }
  }
}

}  // namespace
}  // namespace backstep
