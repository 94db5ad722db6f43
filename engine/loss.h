// Losses. Each closes a network: p (softmax only), value [1] and dx, the gradient that the backward pass starts from.
//
// SoftmaxCrossEntropy on logits X [N,C] and classes t [N]:
//   p[n,c]  = exp(X[n,c] - m) / sum_k exp(X[n,k] - m),  m the row's maximum
//   value   = sum_n (log sum_k exp(X[n,k] - m) - (X[n,t] - m)), over N for the mean
//   dx[n,c] = (p[n,c] - [c = t]) / N, without the N for the sum
// Exponentials and logarithms are taken in double and rounded to float once; each row's loss is a subtotal in float,
// rows are added in order. Source: lesson section 6 as tightened; Goodfellow, Bengio and Courville 2016, 6.2.2.3.
//
// Mse on X and target of the same shape (e the number of elements):
//   value = sum (X - target)^2, over e for the mean;  dx = 2 (X - target), over e for the mean
// One subtotal for each row (last index), rows in order.
#pragma once

#include <string_view>
#include <variant>

#include "explanation.h"
#include "layers/attributes.h"
#include "layers/tap.h"
#include "result.h"

namespace backstep {

enum class Reduction : std::uint8_t { mean, sum };

// The tensors around a loss, to read; `classes` for softmax cross-entropy, `target` for the mean squared error.
template <class T>
struct LossPass {
  const BasicTensor<T>* x = nullptr;
  const IndexTensor* classes = nullptr;
  const BasicTensor<T>* target = nullptr;
};

template <class T>
struct LossOutputs {
  BasicTensor<T> p;      // [N,C]; empty for the mean squared error
  BasicTensor<T> value;  // [1]
  BasicTensor<T> dx;     // shape of x
};

struct SoftmaxCrossEntropy {
  static constexpr const char* kOp = "softmax_cross_entropy";
  Reduction reduction = Reduction::mean;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("reduction", self.reduction);
  }
  Status check(const Shape& x) const;
};

struct Mse {
  static constexpr const char* kOp = "mse";
  Reduction reduction = Reduction::mean;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("reduction", self.reduction);
  }
  Status check(const Shape&) const { return Nothing{}; }
};

using Loss = std::variant<SoftmaxCrossEntropy, Mse>;

std::string_view loss_op(const Loss& loss);
Status check_loss(const Loss& loss, const Shape& x);

template <class T>
void run_loss(const Loss& loss, const LossPass<T>& pass, LossOutputs<T>& out);

// The terms of one cell of slot p, value or dx. `out` holds the results of run_loss.
Explanation explain_loss(const Loss& loss, Slot slot, std::int64_t index, const LossPass<float>& pass,
                         const LossOutputs<float>& out);

// Number of terms of such a cell: the logits of its row for p; every logit for value (softmax) or every element (mean
// squared error); 1 for dx.
std::int64_t loss_terms(Slot slot, const Shape& x);

}  // namespace backstep
