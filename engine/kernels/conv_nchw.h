// Convolutions on plain NCHW tensors. Keeps its plan and all memory from call to call: the first call for a geometry
// allocates, the following ones do not.
#pragma once

#include <vector>

#include "conv_plan.h"

namespace backstep {

class ConvNchw {
 public:
  // x [N,C,H,W], w [OC,CG,KH,KW], b [OC] or null, y [N,OC,OH,OW]; outputs are overwritten.
  void forward(const ConvGeometry& g, Isa isa, const float* x, const float* w, const float* b, float* y);

  // What is asked for is not null.
  struct Gradients {
    float* dw;
    float* db;
    float* dx;
  };
  void backward(const ConvGeometry& g, Isa isa, const float* x, const float* w, const float* dy, const Gradients& out);

 private:
  void fit(const ConvGeometry& g, Isa isa);
  ConvPlan plan_;
  Isa isa_ = Isa::reference;
  std::vector<float> x_, y_, dy_, dx_, work_;
  PackedWeights forward_, backward_;
};

}  // namespace backstep
