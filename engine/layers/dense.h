// Fully connected layer on [N,in] with weights [out,in]: a 1x1 convolution on a 1x1 image.
//
//   forward  Y[n,o]  = sum_i X[n,i] W[o,i] + b[o]
//   dL/dX    dX[n,i] = sum_o W[o,i] dY[n,o]
//   dL/dW    dW[o,i] = sum_n X[n,i] dY[n,o]
//   dL/db    db[o]   = sum_n dY[n,o]
//
// Order of summation: Y over i and the bias last, dX over o, dW and db over n. Source: lesson section 3.
#pragma once

#include "conv2d.h"

namespace backstep {

struct Dense : LayerDefaults {
  static constexpr const char* kOp = "dense";
  static constexpr const char* kName = "dense";

  std::int64_t out_features = 1;
  bool bias = true;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("out", self.out_features, kFeatureBounds);
    visit("bias", self.bias);
  }

  Result<LayerShapes> shapes(const Shape& x) const;
  std::int64_t multiply_adds(const LayerShapes& s) const;
  FieldStep field(const Shape&) const;
  static const char* weight_symbol() { return "W"; }

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const {
    as_conv().taps(slot, index, as_conv_shapes(s), visit);
  }

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;

 private:
  Conv2d as_conv() const;
  static LayerShapes as_conv_shapes(const LayerShapes& s);
};

}  // namespace backstep
