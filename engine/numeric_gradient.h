// Gradients by finite differences, to hold against those of the backward pass.
#pragma once

#include "steps.h"
#include "whole_pass.h"

namespace backstep {

struct NumericGradient {
  double minus = 0.0;  // the loss with the number moved down by eps, and up
  double plus = 0.0;
  double numeric = 0.0;      // (plus - minus) / (2 eps)
  double analytic = 0.0;     // the backward pass's
  std::optional<Kink> kink;  // between the two, a gate or a winner changed: the loss has a bend there
};

// For one gradient cell after another of the same problem, as the page's slider for eps asks. T = float shows what
// rounding does to the quotient, double what is true.
template <class T>
class GradientProbe {
 public:
  explicit GradientProbe(const Problem& problem) : pass_(problem) {
    pass_.backward();
    pass_.remember_rules();
  }

  // `cell` has slot dx, dw or db; dx of the loss is the gradient of the network's output. Leaves the probe as it was.
  NumericGradient at(const CellRef& cell, double eps);

  const WholePass<T>& pass() const { return pass_; }

  // The loss with the cell's number moved by `shift`, and whether a rule changed on the way. The pass stays moved until
  // restore().
  T moved(const CellRef& cell, double shift, std::optional<Kink>& kink);
  void restore(const CellRef& cell);

 private:
  WholePass<T> pass_;
  std::optional<T> before_;  // the moved number
};

extern template class GradientProbe<float>;
extern template class GradientProbe<double>;

// "conv1.w[0,0,1,1]", "input[0,2,3]": the number that a gradient cell is the derivative by. The batch index is left out
// when N = 1.
std::string variable_name(const Network& net, const CellRef& gradient);

// "relu1.x[0,1,2] crosses 0", "the winner of pool1.y[0,1,1] changes".
std::string kink_text(const Network& net, const Kink& kink);

}  // namespace backstep
