// Leaky rectified linear unit, any shape, with slope a below 0.
//
//   forward  Y = X where X > 0, else a X
//   dL/dX    dX = dY where X > 0, else a dY (at 0 the gradient is the slope)
//
// A NaN passes, forward and backward. Source: lesson section 7; Maas, Hannun and Ng 2013.
#pragma once

#include "../simd.h"
#include "attributes.h"
#include "geometry.h"
#include "tap.h"

namespace backstep {

struct LeakyRelu : LayerDefaults {
  static constexpr const char* kOp = "leaky_relu";
  static constexpr const char* kName = "leaky_relu";

  double negative_slope = 0.01;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("negative_slope", self.negative_slope, kSlopeBounds);
  }

  Result<LayerShapes> shapes(const Shape& x) const { return LayerShapes{x, {}, {}, x}; }
  std::int64_t multiply_adds(const LayerShapes&) const { return 0; }
  FieldStep field(const Shape&) const { return {}; }

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes&, Visit&& visit) const {
    if (slot == Slot::y) visit(Tap{{Slot::x, index}, {}, 0});
    if (slot == Slot::dx) visit(Tap{{Slot::dy, index}, {Slot::x, index}, 0});
  }
  template <class T>
  std::optional<T> term(Slot, std::int64_t index, const Tap& tap, const Pass<T>& pass) const {
    const T value = pass.value(tap.a);
    return (*pass.x)[index] <= T{0} ? static_cast<T>(negative_slope) * value : value;
  }
  static const char* finish_name(Slot slot) { return slot == Slot::y ? "x, or slope times x" : "1, or the slope"; }
  static bool has_gate() { return true; }

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
};

}  // namespace backstep
