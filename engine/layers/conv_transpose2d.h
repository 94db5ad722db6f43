// Transposed convolution over [N,C,H,W] with kernels [C,OC/G,KH,KW], stride s, padding P, dilation d, groups G: the
// matrix of a convolution, transposed. (It inverts nothing; "deconvolution" is another word for it, and a misleading
// one.)
//
//   forward  Y[n,o,m,u]  = b[o] + sum_{c,p,q} X[n, c, (m + P - p d)/s, (u + P - q d)/s] K[c,o,p,q]
//                          where divisible and in range
//   dL/dX    dX[n,c,i,j] = sum_{o,p,q} K[c,o,p,q] dY[n, o, i s + p d - P, j s + q d - P]
//   dL/dK    dK[c,o,p,q] = sum_{n,i,j} X[n,c,i,j] dY[n, o, i s + p d - P, j s + q d - P]
//   dL/db    db[o]       = sum_{n,m,u} dY[n,o,m,u]
//
// OH = (H - 1) s - P_top - P_bottom + d (KH - 1) + 1 + output_padding. Forward is the dX of a convolution and dX is its
// forward. Order of summation: Y over c, p, q and the bias last; dX over o, p, q; dK one subtotal for each row of X
// (over j), db one for each row of dY, subtotals in row order. Source: lesson section 6; Dumoulin and Visin 2016.
#pragma once

#include "../simd.h"
#include "attributes.h"
#include "geometry.h"
#include "tap.h"

namespace backstep {

struct ConvTranspose2d : LayerDefaults {
  static constexpr const char* kOp = "conv_transpose2d";
  static constexpr const char* kName = "convt";

  std::int64_t out_channels = 1;  // OC
  Pair kernel{3, 3};
  Pair stride{1, 1};
  Padding padding;
  Pair output_padding{0, 0};  // rows and columns added at the bottom and right
  Pair dilation{1, 1};
  std::int64_t groups = 1;
  bool bias = true;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("out", self.out_channels, IntBounds{1, 1 << 24, true});
    visit("kernel", self.kernel, kKernelBounds);
    visit("stride", self.stride, kStrideBounds);
    visit("padding", self.padding, kPaddingBounds);
    visit("output_padding", self.output_padding, kOutputPaddingBounds);
    visit("dilation", self.dilation, kDilationBounds);
    visit("groups", self.groups, kChannelBounds);
    visit("bias", self.bias);
  }

  Result<LayerShapes> shapes(const Shape& x) const;
  std::int64_t multiply_adds(const LayerShapes& s) const;
  FieldStep field(const Shape&) const;
  static std::optional<Fans> fans(const LayerShapes& s);

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const;

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
};

template <class Visit>
void ConvTranspose2d::taps(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const {
  const std::int64_t N = s.x[0], C = s.x[1], H = s.x[2], W = s.x[3];
  const std::int64_t OC = s.y[1], OH = s.y[2], OW = s.y[3];
  const std::int64_t KH = kernel.h, KW = kernel.w, CG = C / groups, OG = OC / groups;
  const auto x_at = [&](std::int64_t n, std::int64_t c, std::int64_t h, std::int64_t w) {
    return ((n * C + c) * H + h) * W + w;
  };
  const auto y_at = [&](std::int64_t n, std::int64_t o, std::int64_t h, std::int64_t w) {
    return ((n * OC + o) * OH + h) * OW + w;
  };
  const auto w_at = [&](std::int64_t c, std::int64_t og, std::int64_t p, std::int64_t q) {
    return ((c * OG + og) * KH + p) * KW + q;
  };
  const auto at = s.of(slot).unravel(index);
  if (slot == Slot::y) {
    const auto [n, o, m, u] = std::array{at[0], at[1], at[2], at[3]};
    for (std::int64_t c = o / OG * CG; c < (o / OG + 1) * CG; ++c) {
      for (std::int64_t p = 0; p < KH; ++p) {
        const std::int64_t up = m + padding.top - p * dilation.h;
        if (up < 0 || up % stride.h != 0 || up / stride.h >= H) continue;
        for (std::int64_t q = 0; q < KW; ++q) {
          const std::int64_t left = u + padding.left - q * dilation.w;
          if (left < 0 || left % stride.w != 0 || left / stride.w >= W) continue;
          visit(Tap{{Slot::x, x_at(n, c, up / stride.h, left / stride.w)}, {Slot::w, w_at(c, o % OG, p, q)}, 0});
        }
      }
    }
    if (bias) visit(Tap{{Slot::b, o}, {}, 1});
  } else if (slot == Slot::dx) {
    const auto [n, c, i, j] = std::array{at[0], at[1], at[2], at[3]};
    for (std::int64_t og = 0; og < OG; ++og) {
      for (std::int64_t p = 0; p < KH; ++p) {
        const std::int64_t m = i * stride.h + p * dilation.h - padding.top;
        if (m < 0 || m >= OH) continue;
        for (std::int64_t q = 0; q < KW; ++q) {
          const std::int64_t u = j * stride.w + q * dilation.w - padding.left;
          if (u < 0 || u >= OW) continue;
          visit(Tap{{Slot::dy, y_at(n, c / CG * OG + og, m, u)}, {Slot::w, w_at(c, og, p, q)}, 0});
        }
      }
    }
  } else if (slot == Slot::dw) {
    const auto [c, og, p, q] = std::array{at[0], at[1], at[2], at[3]};
    for (std::int64_t n = 0; n < N; ++n) {
      for (std::int64_t i = 0; i < H; ++i) {
        const std::int64_t m = i * stride.h + p * dilation.h - padding.top;
        if (m < 0 || m >= OH) continue;
        for (std::int64_t j = 0; j < W; ++j) {
          const std::int64_t u = j * stride.w + q * dilation.w - padding.left;
          if (u < 0 || u >= OW) continue;
          visit(Tap{{Slot::x, x_at(n, c, i, j)}, {Slot::dy, y_at(n, c / CG * OG + og, m, u)}, n * H + i});
        }
      }
    }
  } else if (slot == Slot::db) {
    for (std::int64_t row = 0; row < N * OH; ++row) {
      const std::int64_t first = y_at(row / OH, index, row % OH, 0);
      for (std::int64_t u = 0; u < OW; ++u) visit(Tap{{Slot::dy, first + u}, {}, row});
    }
  }
}

}  // namespace backstep
