// Global average pooling: each channel of [N,C,H,W] becomes its mean, [N,C,1,1].
//
//   forward  Y[n,c]      = sum_{h,w} X[n,c,h,w] / (H W)
//   dL/dX    dX[n,c,h,w] = dY[n,c] / (H W)
//
// Order of summation: one subtotal for each row, rows in order, then the division. Source: lesson section 5; Lin, Chen
// and Yan 2013.
#pragma once

#include "../simd.h"
#include "geometry.h"
#include "tap.h"

namespace backstep {

struct GlobalAvgPool2d : LayerDefaults {
  static constexpr const char* kOp = "global_avg_pool2d";
  static constexpr const char* kName = "gap";

  template <class Self, class Visitor>
  static void attributes(Self&, Visitor&) {}

  Result<LayerShapes> shapes(const Shape& x) const;
  std::int64_t multiply_adds(const LayerShapes&) const { return 0; }
  FieldStep field(const Shape& x) const;

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const {
    const std::int64_t W = s.x[3], area = s.x[2] * W;
    if (slot == Slot::y) {
      for (std::int64_t i = 0; i < area; ++i) visit(Tap{{Slot::x, index * area + i}, {}, i / W});
    } else if (slot == Slot::dx) {
      visit(Tap{{Slot::dy, index / area}, {}, 0});
    }
  }
  template <class T>
  static T finish(Slot, std::int64_t, T folded, const Pass<T>& pass) {
    return folded / static_cast<T>(pass.x->shape[2] * pass.x->shape[3]);
  }
  static const char* finish_name(Slot) { return "divide"; }

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
};

}  // namespace backstep
