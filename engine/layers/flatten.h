// Flatten: [N,C,H,W] to [N, C H W]. The numbers and their order stay, only the shape changes, so it has no steps.
// Source: lesson section 7.
#pragma once

#include "../simd.h"
#include "geometry.h"
#include "tap.h"

namespace backstep {

struct Flatten : LayerDefaults {
  static constexpr const char* kOp = "flatten";
  static constexpr const char* kName = "flatten";

  template <class Self, class Visitor>
  static void attributes(Self&, Visitor&) {}

  Result<LayerShapes> shapes(const Shape& x) const {
    if (x.rank() < 2) return shape_error("flatten needs a batch dimension, found " + x.text());
    std::int64_t features = 1;
    for (int axis = 1; axis < x.rank(); ++axis) features = saturating_mul(features, x[axis]);
    return LayerShapes{x, {}, {}, Shape{x[0], features}};
  }
  std::int64_t multiply_adds(const LayerShapes&) const { return 0; }
  FieldStep field(const Shape&) const { return {}; }

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes&, Visit&& visit) const {
    if (slot == Slot::y) visit(Tap{{Slot::x, index}, {}, 0});
    if (slot == Slot::dx) visit(Tap{{Slot::dy, index}, {}, 0});
  }

  static void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes&, Isa) {
    out.y->data = pass.x->data;
  }
  static void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes&, Isa) {
    if (out.dx) out.dx->data = pass.dy->data;
  }
};

}  // namespace backstep
