// Whether the backward pass is right: for the input and every parameter, its gradients against central differences of
// the loss, both in double by the reference of every layer.
//
// A derivative is taken from four points, D = (8 (L(+h) - L(-h)) - (L(+2h) - L(-2h))) / (12 h), an error of order h^4.
// h starts at 2^-10 of the number (at least of 1) and is made smaller, down to 2^-19, while a gate or a winner changes
// between the points or the derivative disagrees with the backward pass; what disagrees everywhere is reported with the
// value on which two neighbouring widths agree best. Where a rule changes even at the smallest width the loss has a
// bend: such an element is left out, and the report says which rule it was.
//
// The error of a tensor is max|num - ana| / max(max|ana|, 1e-3 of the network's largest gradient); it must not be
// larger than 1e-7. Masks of dropout are drawn from the scene's seed and stay as they are. Source: lesson section 6;
// Baydin et al. 2018.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "trace.h"

namespace backstep {

struct GradcheckOptions {
  double tolerance = 1e-7;
  std::int64_t samples = 0;  // most elements of each tensor, evenly spread; 0: all of them
  std::function<void(std::int64_t done, std::int64_t total)> progress;
};

struct LeftOut {
  std::string element;  // "conv1.w[0,0,1,1]"
  std::string reason;   // "relu1.x[0,1,2] crosses 0"
};

struct TensorCheck {
  static constexpr std::size_t kNamed = 3;  // elements left out that are named

  std::string name;  // "input", "conv1.w"
  std::int64_t elements = 0, checked = 0, left_out = 0;
  double largest = 0.0;  // max |ana|
  double error = 0.0;    // as above
  std::string worst;     // the element of that error, and its two gradients
  double numeric = 0.0, analytic = 0.0;
  std::vector<LeftOut> first_left_out;
  bool passed = true;
};

struct GradcheckReport {
  std::vector<TensorCheck> tensors;
  double largest = 0.0;  // gradient of the network
  double tolerance = 0.0;
  bool passed() const;
};

// The problem must have passed check_problem().
GradcheckReport check_gradients(const Problem& problem, const GradcheckOptions& options = {});

}  // namespace backstep
