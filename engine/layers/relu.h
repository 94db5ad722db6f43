// Rectified linear unit, any shape.
//
//   forward  Y = X where X > 0, else 0
//   dL/dX    dX = dY where X > 0, else 0 (the gradient at 0 is 0)
//
// The gate compares and selects, it never multiplies: 0 * Inf would be NaN. A NaN passes, forward and backward.
// Source: lesson section 7; Nair and Hinton 2010. This is the layer to read first when adding another.
#pragma once

#include "../simd.h"
#include "geometry.h"
#include "tap.h"

namespace backstep {

struct Relu : LayerDefaults {
  static constexpr const char* kOp = "relu";
  static constexpr const char* kName = "relu";

  template <class Self, class Visitor>
  static void attributes(Self&, Visitor&) {}

  Result<LayerShapes> shapes(const Shape& x) const { return LayerShapes{x, {}, {}, x}; }
  std::int64_t multiply_adds(const LayerShapes&) const { return 0; }
  FieldStep field(const Shape&) const { return {}; }

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes&, Visit&& visit) const {
    if (slot == Slot::y) visit(Tap{{Slot::x, index}, {}, 0});
    if (slot == Slot::dx) visit(Tap{{Slot::dy, index}, {Slot::x, index}, 0});
  }
  template <class T>
  static std::optional<T> term(Slot slot, std::int64_t index, const Tap& tap, const Pass<T>& pass) {
    if ((*pass.x)[index] <= T{0}) return std::nullopt;
    return pass.value(slot == Slot::y ? Operand{Slot::x, index} : tap.a);
  }
  static const char* finish_name(Slot slot) { return slot == Slot::y ? "max(0, x)" : "gate"; }
  static bool has_gate() { return true; }

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
};

}  // namespace backstep
