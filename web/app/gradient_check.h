// The numeric gradient of one cell, live: the loss a little to either side of the number, held against the backward
// pass. In double, where the quotient is nearly the truth, and in float, where rounding eats it when eps is small.
#pragma once

#include "engine/numeric_gradient.h"
#include "web/app/state.h"

namespace backstep::app {

double check_width(int index);  // eps, 10^(-index / 4)

struct GradientCheck {
  CellRef cell;          // the gradient
  std::string variable;  // "conv1.w[0,0,1,1]": what it is the derivative by
  double eps = 0.0;
  NumericGradient wide, narrow;  // in double, in float
  std::string kink;              // "the winner of pool1.y[0,1,1] changes"; empty where the loss has no bend between
  // log10 of the distance between the numeric and the analytic gradient for each width; empty for nets that are too
  // large to be run so often in a frame.
  std::vector<float> wide_errors, narrow_errors;
};

// Whether they agree as far as the step can show: the quotient's own error is of the order of eps squared.
bool agrees(const NumericGradient& g);

// What a check says, as one text for eyes and ears.
std::string check_text(const GradientCheck& check);

// Brings model.check up to date: there while the inspector is open and a gradient is chosen, by the pinned cell or by
// the step.
void check_gradient(Model& model);

}  // namespace backstep::app
