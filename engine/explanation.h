// How one cell came about: its terms in kernel order and the finishing operation, ending at the stored bits.
#pragma once

#include <string>
#include <vector>

#include "layers/tap.h"

namespace backstep {

struct ExplainedTerm {
  Tap tap;
  double a = 0.0;         // value of tap.a
  double b = 1.0;         // value of tap.b; 1 where there is none
  bool taken = true;      // false: a mask or a switch closed it, or (maximum) it did not win when it came
  double value = 0.0;     // the term: a*b for a product, exp(a - m) in a softmax …
  double subtotal = 0.0;  // of its group after this term
  double total = 0.0;     // of the cell after this term, before the finishing operation
};

struct SharedOperand {
  Operand operand;
  double value = 0.0;
};

struct Explanation {
  int layer = 0;  // index in the network; the number of layers for the loss
  Slot slot = Slot::y;
  std::int64_t index = 0;
  Fold fold = Fold::sum;
  std::vector<ExplainedTerm> terms;
  std::vector<SharedOperand> shared;  // what terms or finish read beside the taps: a mean, gamma and beta …
  std::string finish;                 // name of the finishing operation, empty when there is none
  double folded = 0.0;                // before the finishing operation
  float value = 0.0F;                 // the cell

  // What the cell holds when the first t of its K terms are added: 0 before the first, the finished value after the
  // last.
  double after(std::int64_t t) const {
    if (t >= static_cast<std::int64_t>(terms.size())) return static_cast<double>(value);
    return t <= 0 ? 0.0 : terms[static_cast<std::size_t>(t - 1)].total;
  }
};

}  // namespace backstep
