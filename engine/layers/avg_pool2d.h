// Average pooling over windows of [N,C,H,W], channel by channel.
//
//   forward  Y[n,c,i,j]  = sum_{p,q} X[n, c, i s + p - P, j s + q - P] / D[i,j]
//   dL/dX    dX[n,c,m,u] = sum of dY[n,c,i,j] / D[i,j] over the windows (i,j) that hold (m,u)
//
// D is KH KW with count_include_pad (padding counts as zeros), else the number of real cells in the window.
// Order of summation: Y one subtotal for each window row, rows in order, then the division; dX over p, q.
// Source: lesson section 5.
#pragma once

#include "../simd.h"
#include "attributes.h"
#include "geometry.h"
#include "pool_taps.h"
#include "tap.h"

namespace backstep {

struct AvgPool2d : LayerDefaults {
  static constexpr const char* kOp = "avg_pool2d";
  static constexpr const char* kName = "avgpool";

  Pair kernel{2, 2};
  Pair stride{0, 0};  // 0: the kernel's size, so that windows tile the image
  Padding padding;
  bool count_include_pad = true;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("kernel", self.kernel, kKernelBounds);
    visit("stride", self.stride, kPoolStrideBounds);
    visit("padding", self.padding, kPaddingBounds);
    visit("count_include_pad", self.count_include_pad);
  }

  Window window() const {
    return {kernel, {stride.h ? stride.h : kernel.h, stride.w ? stride.w : kernel.w}, {1, 1}, padding};
  }
  Result<LayerShapes> shapes(const Shape& x) const;
  std::int64_t multiply_adds(const LayerShapes&) const { return 0; }
  FieldStep field(const Shape&) const;

  // The divisor of window (i,j).
  std::int64_t divisor(const Shape& x, std::int64_t i, std::int64_t j) const;

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const {
    pool_taps(window(), slot, index, s, visit);
  }
  template <class T>
  std::optional<T> term(Slot slot, std::int64_t, const Tap& tap, const Pass<T>& pass) const {
    const T value = pass.value(tap.a);
    return slot == Slot::dx ? value / divisor_of<T>(tap.a.index, pass) : value;
  }
  template <class T>
  T finish(Slot slot, std::int64_t index, T folded, const Pass<T>& pass) const {
    return slot == Slot::y ? folded / divisor_of<T>(index, pass) : folded;
  }
  static const char* finish_name(Slot slot) { return slot == Slot::y ? "divide" : ""; }

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;

 private:
  template <class T>
  T divisor_of(std::int64_t y_index, const Pass<T>& pass) const {
    const Shape& x = pass.x->shape;
    const std::int64_t OH = window().out_h(x[2]), OW = window().out_w(x[3]);
    return static_cast<T>(divisor(x, y_index / OW % OH, y_index % OW));
  }
};

}  // namespace backstep
