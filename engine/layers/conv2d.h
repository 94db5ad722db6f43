// 2D convolution over [N,C,H,W] with kernels [OC,C/G,KH,KW], stride s, padding P, dilation d, groups G.
//
//   forward  Y[n,o,i,j]    = b[o] + sum_{c,p,q} X[n, c, i s + p d - P, j s + q d - P] K[o,c,p,q]
//   dL/dX    dX[n,c,m,u]   = sum_{o,p,q} K[o,c,p,q] dY[n, o, (m + P - p d)/s, (u + P - q d)/s]
//                            where divisible and in range
//   dL/dK    dK[o,c,p,q]   = sum_{n,i,j} X[n, c, i s + p d - P, j s + q d - P] dY[n,o,i,j]
//   dL/db    db[o]         = sum_{n,i,j} dY[n,o,i,j]
//
// This is cross-correlation, as everywhere in deep learning; with `flip` the kernel is turned by 180 degrees first,
// which makes it the true convolution: K[p,q] is then read at K[KH-1-p, KW-1-q] in all formulas.
// Order of summation: Y over c, p, q and the bias last; dX over o, p, q; dK and db one subtotal for each output row
// (over j), subtotals in (n, i) order. Padding is no term. Source: lesson sections 1, 2, 6; Dumoulin and Visin 2016.
#pragma once

#include "../simd.h"
#include "attributes.h"
#include "geometry.h"
#include "tap.h"

namespace backstep {

struct Conv2d : LayerDefaults {
  static constexpr const char* kOp = "conv2d";
  static constexpr const char* kName = "conv";

  std::int64_t out_channels = 1;  // OC
  Pair kernel{3, 3};
  Pair stride{1, 1};
  Padding padding;  // used by PaddingRule::zeros
  PaddingRule rule = PaddingRule::zeros;
  Pair dilation{1, 1};
  std::int64_t groups = 1;
  bool bias = true;
  bool flip = false;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("out", self.out_channels, IntBounds{1, 1 << 24, true});
    visit("kernel", self.kernel, kKernelBounds);
    visit("stride", self.stride, kStrideBounds);
    visit("padding", self.padding, self.rule, kPaddingBounds);
    visit("dilation", self.dilation, kDilationBounds);
    visit("groups", self.groups, kChannelBounds);
    visit("bias", self.bias);
    visit("flip", self.flip);
  }

  Result<LayerShapes> shapes(const Shape& x) const;
  Window window(const Shape& x) const;
  std::int64_t multiply_adds(const LayerShapes& s) const;
  FieldStep field(const Shape& x) const;

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const;

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
};

template <class Visit>
void Conv2d::taps(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const {
  const std::int64_t H = s.x[2], W = s.x[3], C = s.x[1];
  const std::int64_t OC = s.y[1], OH = s.y[2], OW = s.y[3];
  const std::int64_t KH = kernel.h, KW = kernel.w, CG = C / groups, OG = OC / groups;
  const Padding pad = window(s.x).padding;
  const auto w_index = [&](std::int64_t o, std::int64_t cg, std::int64_t p, std::int64_t q) {
    return ((o * CG + cg) * KH + (flip ? KH - 1 - p : p)) * KW + (flip ? KW - 1 - q : q);
  };
  const auto at = s.of(slot).unravel(index);
  if (slot == Slot::y) {
    const auto [n, o, i, j] = std::array{at[0], at[1], at[2], at[3]};
    const std::int64_t first = o / OG * CG;
    for (std::int64_t cg = 0; cg < CG; ++cg) {
      for (std::int64_t p = 0; p < KH; ++p) {
        const std::int64_t h = i * stride.h + p * dilation.h - pad.top;
        if (h < 0 || h >= H) continue;
        for (std::int64_t q = 0; q < KW; ++q) {
          const std::int64_t w = j * stride.w + q * dilation.w - pad.left;
          if (w < 0 || w >= W) continue;
          visit(Tap{{Slot::x, ((n * C + first + cg) * H + h) * W + w}, {Slot::w, w_index(o, cg, p, q)}, 0});
        }
      }
    }
    if (bias) visit(Tap{{Slot::b, o}, {}, 1});
  } else if (slot == Slot::dx) {
    const auto [n, c, h, w] = std::array{at[0], at[1], at[2], at[3]};
    const std::int64_t g = c / CG;
    for (std::int64_t o = g * OG; o < (g + 1) * OG; ++o) {
      for (std::int64_t p = 0; p < KH; ++p) {
        const std::int64_t up = h + pad.top - p * dilation.h;
        if (up < 0 || up % stride.h != 0 || up / stride.h >= OH) continue;
        for (std::int64_t q = 0; q < KW; ++q) {
          const std::int64_t left = w + pad.left - q * dilation.w;
          if (left < 0 || left % stride.w != 0 || left / stride.w >= OW) continue;
          visit(Tap{{Slot::dy, ((n * OC + o) * OH + up / stride.h) * OW + left / stride.w},
                    {Slot::w, w_index(o, c % CG, p, q)},
                    0});
        }
      }
    }
  } else if (slot == Slot::dw) {
    const std::int64_t o = at[0], cg = at[1];
    const std::int64_t p = flip ? KH - 1 - at[2] : at[2], q = flip ? KW - 1 - at[3] : at[3];
    for (std::int64_t n = 0; n < s.x[0]; ++n) {
      for (std::int64_t i = 0; i < OH; ++i) {
        const std::int64_t h = i * stride.h + p * dilation.h - pad.top;
        if (h < 0 || h >= H) continue;
        for (std::int64_t j = 0; j < OW; ++j) {
          const std::int64_t w = j * stride.w + q * dilation.w - pad.left;
          if (w < 0 || w >= W) continue;
          visit(Tap{{Slot::x, ((n * C + o / OG * CG + cg) * H + h) * W + w},
                    {Slot::dy, ((n * OC + o) * OH + i) * OW + j},
                    n * OH + i});
        }
      }
    }
  } else if (slot == Slot::db) {
    for (std::int64_t n = 0; n < s.y[0]; ++n) {
      for (std::int64_t i = 0; i < OH; ++i) {
        for (std::int64_t j = 0; j < OW; ++j) {
          visit(Tap{{Slot::dy, ((n * OC + index) * OH + i) * OW + j}, {}, n * OH + i});
        }
      }
    }
  }
}

}  // namespace backstep
