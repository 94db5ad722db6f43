// The float kernels against the reference in double. Every computed cell of a recorded pass is computed again in double
// from the very float numbers that it was computed from, so that errors do not add up from layer to layer:
//
//   |float - double| <= gamma_(K+6) S + (K + 6) 2^-149 F,   gamma_n = n u / (1 - n u),   u = 2^-24
//
// K is the number of terms of the cell and S the sum of their magnitudes, taken through the cell's finishing operation
// (which is linear, with a factor F and an offset, or acts on one exact term). K terms take at most K - 1 rounded
// additions; 6 stands for the roundings inside a term and in the finishing operation (at most 3 each: a product, a
// normalised number, a division, scale and shift). The second part is underflow. A maximum is exact: it must be equal.
// Of a loss, p and dx are one cell each, value has a term for each row (softmax) or element (mean squared error).
// Source: Higham 2002, sections 2.2 and 3.1.
#pragma once

#include <string>
#include <vector>

#include "trace.h"

namespace backstep {

struct BoundCheck {
  std::string name;  // "conv1.dw", "loss.p"
  std::int64_t cells = 0;
  std::int64_t terms = 0;  // the largest K
  double share = 0.0;      // largest |float - double| / bound; infinite where the bound is 0 and the error is not
  std::string worst;       // the cell of that share
  bool passed = true;
};

std::vector<BoundCheck> check_float_bounds(const Trace& trace);

// gamma_n, for n u < 1.
double rounding_gamma(std::int64_t n);

}  // namespace backstep
