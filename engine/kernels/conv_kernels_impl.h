// The text of the convolution kernels, once for every vector type V of simd.h. Included by the units that instantiate
// it, each compiled for its instruction set; nothing of the standard library is instantiated here, because such code
// would be shared with units for narrower sets.
#pragma once

#include "conv_kernels.h"

namespace backstep::conv_impl {

template <class V>
constexpr std::int64_t blocks(std::int64_t channels) {
  return (channels + V::kLanes - 1) / V::kLanes;
}

// First and one-past-last kernel row p (or column) whose input row  o * stride + p * dilation - pad  is inside [0, H).
struct TapRange {
  std::int64_t first, last;
};
inline TapRange taps_inside(std::int64_t origin, std::int64_t extent, std::int64_t kernel, std::int64_t dilation) {
  std::int64_t first = 0;
  while (first < kernel && origin + first * dilation < 0) ++first;
  std::int64_t last = kernel;
  while (last > first && origin + (last - 1) * dilation >= extent) --last;
  return {first, last};
}

template <class V>
void store_lanes(V v, float* out, std::int64_t step, std::int64_t count) {
  float lane[V::kLanes];
  v.store(lane);
  for (std::int64_t k = 0; k < count; ++k) out[k * step] = lane[k];
}

template <class V>
void forward(const ConvGeometry& g, const float* x, const float* w, const float* b, float* y, float* work) {
  constexpr std::int64_t L = V::kLanes;
  const std::int64_t taps = g.CG * g.KH * g.KW;
  for (std::int64_t group = 0; group < g.G; ++group) {
    for (std::int64_t block = 0; block < blocks<V>(g.OG); ++block) {
      const std::int64_t o0 = group * g.OG + block * L;
      const std::int64_t live = g.OG - block * L < L ? g.OG - block * L : L;
      for (std::int64_t t = 0; t < taps; ++t) {
        for (std::int64_t k = 0; k < L; ++k) work[t * L + k] = k < live ? w[(o0 + k) * taps + t] : 0.0F;
      }
      float bias[V::kLanes] = {};
      for (std::int64_t k = 0; b && k < live; ++k) bias[k] = b[o0 + k];
      for (std::int64_t n = 0; n < g.N; ++n) {
        const float* plane0 = x + (n * g.C + group * g.CG) * g.H * g.W;
        float* out = y + (n * g.OC + o0) * g.OH * g.OW;
        for (std::int64_t i = 0; i < g.OH; ++i) {
          const std::int64_t h0 = i * g.stride_h - g.pad_top;
          const TapRange rows = taps_inside(h0, g.H, g.KH, g.dilation_h);
          for (std::int64_t j = 0; j < g.OW; ++j) {
            const std::int64_t w0 = j * g.stride_w - g.pad_left;
            const TapRange columns = taps_inside(w0, g.W, g.KW, g.dilation_w);
            V sum = V::zero();
            for (std::int64_t c = 0; c < g.CG; ++c) {
              for (std::int64_t p = rows.first; p < rows.last; ++p) {
                const float* row = plane0 + (c * g.H + h0 + p * g.dilation_h) * g.W + w0;
                const float* weight = work + ((c * g.KH + p) * g.KW) * L;
                for (std::int64_t q = columns.first; q < columns.last; ++q) {
                  sum = V::add(sum, V::mul(V::splat(row[q * g.dilation_w]), V::load(weight + q * L)));
                }
              }
            }
            if (b) sum = V::add(sum, V::load(bias));
            store_lanes(sum, out + i * g.OW + j, g.OH * g.OW, live);
          }
        }
      }
    }
  }
}

template <class V>
void backward_input(const ConvGeometry& g, const float* dy, const float* w, float* dx, float* work) {
  constexpr std::int64_t L = V::kLanes;
  const std::int64_t area = g.KH * g.KW;
  for (std::int64_t group = 0; group < g.G; ++group) {
    for (std::int64_t block = 0; block < blocks<V>(g.CG); ++block) {
      const std::int64_t c0 = block * L;
      const std::int64_t live = g.CG - c0 < L ? g.CG - c0 : L;
      for (std::int64_t o = 0; o < g.OG; ++o) {
        for (std::int64_t t = 0; t < area; ++t) {
          for (std::int64_t k = 0; k < L; ++k) {
            work[(o * area + t) * L + k] = k < live ? w[((group * g.OG + o) * g.CG + c0 + k) * area + t] : 0.0F;
          }
        }
      }
      for (std::int64_t n = 0; n < g.N; ++n) {
        const float* plane0 = dy + (n * g.OC + group * g.OG) * g.OH * g.OW;
        float* out = dx + (n * g.C + group * g.CG + c0) * g.H * g.W;
        for (std::int64_t h = 0; h < g.H; ++h) {
          for (std::int64_t u = 0; u < g.W; ++u) {
            V sum = V::zero();
            for (std::int64_t o = 0; o < g.OG; ++o) {
              for (std::int64_t p = 0; p < g.KH; ++p) {
                const std::int64_t up = h + g.pad_top - p * g.dilation_h;
                if (up < 0) break;
                if (up % g.stride_h != 0 || up / g.stride_h >= g.OH) continue;
                const float* row = plane0 + (o * g.OH + up / g.stride_h) * g.OW;
                const float* weight = work + (o * area + p * g.KW) * L;
                for (std::int64_t q = 0; q < g.KW; ++q) {
                  const std::int64_t left = u + g.pad_left - q * g.dilation_w;
                  if (left < 0) break;
                  if (left % g.stride_w != 0 || left / g.stride_w >= g.OW) continue;
                  sum = V::add(sum, V::mul(V::splat(row[left / g.stride_w]), V::load(weight + q * L)));
                }
              }
            }
            store_lanes(sum, out + h * g.W + u, g.H * g.W, live);
          }
        }
      }
    }
  }
}

template <class V>
void backward_weights(const ConvGeometry& g, const float* x, const float* dy, float* dw, float* db, float* work) {
  constexpr std::int64_t L = V::kLanes;
  const std::int64_t area = g.OH * g.OW;
  for (std::int64_t group = 0; group < g.G; ++group) {
    for (std::int64_t block = 0; block < blocks<V>(g.OG); ++block) {
      const std::int64_t o0 = group * g.OG + block * L;
      const std::int64_t live = g.OG - block * L < L ? g.OG - block * L : L;
      for (std::int64_t n = 0; n < g.N; ++n) {
        for (std::int64_t t = 0; t < area; ++t) {
          for (std::int64_t k = 0; k < L; ++k) {
            work[(n * area + t) * L + k] = k < live ? dy[(n * g.OC + o0 + k) * area + t] : 0.0F;
          }
        }
      }
      for (std::int64_t c = 0; c < g.CG; ++c) {
        for (std::int64_t p = 0; p < g.KH; ++p) {
          for (std::int64_t q = 0; q < g.KW; ++q) {
            V total = V::zero();
            for (std::int64_t n = 0; n < g.N; ++n) {
              const float* plane = x + (n * g.C + group * g.CG + c) * g.H * g.W;
              for (std::int64_t i = 0; i < g.OH; ++i) {
                const std::int64_t h = i * g.stride_h + p * g.dilation_h - g.pad_top;
                if (h < 0 || h >= g.H) continue;
                V row = V::zero();
                for (std::int64_t j = 0; j < g.OW; ++j) {
                  const std::int64_t u = j * g.stride_w + q * g.dilation_w - g.pad_left;
                  if (u < 0 || u >= g.W) continue;
                  row =
                      V::add(row, V::mul(V::splat(plane[h * g.W + u]), V::load(work + (n * area + i * g.OW + j) * L)));
                }
                total = V::add(total, row);
              }
            }
            store_lanes(total, dw + ((o0 * g.CG + c) * g.KH + p) * g.KW + q, g.CG * g.KH * g.KW, live);
          }
        }
      }
      if (!db) continue;
      V total = V::zero();
      for (std::int64_t r = 0; r < g.N * g.OH; ++r) {
        V row = V::zero();
        for (std::int64_t j = 0; j < g.OW; ++j) row = V::add(row, V::load(work + (r * g.OW + j) * L));
        total = V::add(total, row);
      }
      store_lanes(total, db + o0, 1, live);
    }
  }
}

template <class V>
constexpr ConvKernels table() {
  return {V::kLanes, &forward<V>, &backward_input<V>, &backward_weights<V>};
}

}  // namespace backstep::conv_impl
