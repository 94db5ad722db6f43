// Max pooling over windows of [N,C,H,W], channel by channel.
//
//   forward  Y[n,c,i,j] = max_{p,q} X[n, c, i s + p - P, j s + q - P]
//   dL/dX    dX[n,c,m,u] = sum of dY[n,c,i,j] over the windows (i,j) that (m,u) won
//
// Padding never wins; among equal values the first in row-major order wins; a NaN wins over every number. The winners
// are kept as switches [N,C,OH,OW] (h*W+w within the input plane) and the gradient follows them back.
// Order of summation of dX: over p, q, as in a convolution. Source: lesson section 5.
#pragma once

#include "../simd.h"
#include "attributes.h"
#include "geometry.h"
#include "pool_taps.h"
#include "tap.h"

namespace backstep {

struct MaxPool2d : LayerDefaults {
  static constexpr const char* kOp = "max_pool2d";
  static constexpr const char* kName = "pool";

  Pair kernel{2, 2};
  Pair stride{0, 0};  // 0: the kernel's size, so that windows tile the image
  Padding padding;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("kernel", self.kernel, kKernelBounds);
    visit("stride", self.stride, kPoolStrideBounds);
    visit("padding", self.padding, kPaddingBounds);
  }

  Window window() const {
    return {kernel, {stride.h ? stride.h : kernel.h, stride.w ? stride.w : kernel.w}, {1, 1}, padding};
  }
  Result<LayerShapes> shapes(const Shape& x) const;
  std::int64_t multiply_adds(const LayerShapes&) const { return 0; }
  FieldStep field(const Shape&) const;

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const {
    pool_taps(window(), slot, index, s, visit);
  }
  static Fold fold(Slot slot) { return slot == Slot::y ? Fold::maximum : Fold::sum; }
  template <class T>
  std::optional<T> term(Slot slot, std::int64_t index, const Tap& tap, const Pass<T>& pass) const {
    if (slot == Slot::dx) {
      const Shape& xs = pass.x->shape;
      if ((*pass.switches)[tap.a.index] != index % (xs[2] * xs[3])) return std::nullopt;
    }
    return pass.value(tap.a);
  }
  static bool has_switches() { return true; }
  static const char* finish_name(Slot slot) { return slot == Slot::y ? "max" : "switch"; }

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
};

}  // namespace backstep
