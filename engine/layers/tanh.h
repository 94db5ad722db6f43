// Hyperbolic tangent, any shape.
//
//   forward  Y = tanh(X)
//   dL/dX    dX = dY (1 - Y^2)
//
// Both are taken in double and rounded once; 1 - Y^2 is 4 sigmoid(2X) sigmoid(-2X), so that the gradient keeps its
// relative accuracy where Y rounds to 1. Source: lesson section 7.
#pragma once

#include "../math.h"
#include "../simd.h"
#include "geometry.h"
#include "tap.h"

namespace backstep {

struct Tanh : LayerDefaults {
  static constexpr const char* kOp = "tanh";
  static constexpr const char* kName = "tanh";

  template <class Self, class Visitor>
  static void attributes(Self&, Visitor&) {}

  Result<LayerShapes> shapes(const Shape& x) const { return LayerShapes{x, {}, {}, x}; }
  std::int64_t multiply_adds(const LayerShapes&) const { return 0; }
  FieldStep field(const Shape&) const { return {}; }

  // The derivative at x.
  static double slope(double x) { return 4.0 * math::sigmoid(2.0 * x) * math::sigmoid(-2.0 * x); }

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes&, Visit&& visit) const {
    if (slot == Slot::y) visit(Tap{{Slot::x, index}, {}, 0});
    if (slot == Slot::dx) visit(Tap{{Slot::dy, index}, {Slot::x, index}, 0});
  }
  template <class T>
  static std::optional<T> term(Slot slot, std::int64_t, const Tap& tap, const Pass<T>& pass) {
    if (slot == Slot::y) return pass.value(tap.a);
    return static_cast<T>(static_cast<double>(pass.value(tap.a)) * slope(static_cast<double>(pass.value(tap.b))));
  }
  template <class T>
  static T finish(Slot slot, std::int64_t, T folded, const Pass<T>&) {
    return slot == Slot::y ? static_cast<T>(math::tanh(static_cast<double>(folded))) : folded;
  }
  static const char* finish_name(Slot slot) { return slot == Slot::y ? "tanh" : "times the slope at x"; }

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
};

}  // namespace backstep
