// Optimizers, element by element. t counts updates from 1; all state starts at 0.
//
//   Sgd    d = g + weight_decay p;  buf = d at t = 1, then momentum buf + d;  p -= lr buf
//          with nesterov: p -= lr (d + momentum buf)
//   Adam   d = g + weight_decay p;  m = beta1 m + (1 - beta1) d;  v = beta2 v + (1 - beta2) d d;
//          p -= lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
// Constants are doubles, state and parameters float; each formula is taken in double and rounded once per stored value.
// Powers are repeated multiplications. Source: lesson summary; Sutskever et al. 2013; Kingma and Ba 2015.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "layers/attributes.h"
#include "tensor.h"

namespace backstep {

inline constexpr RealBounds kRateBounds{0.0, 1e6, true};
inline constexpr RealBounds kFractionBounds{0.0, 0.9999999};
inline constexpr RealBounds kNonNegativeBounds{0.0, 1e6};

struct Sgd {
  static constexpr const char* kOp = "sgd";
  double lr = 0.01;
  double momentum = 0.0;
  double weight_decay = 0.0;
  bool nesterov = false;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("lr", self.lr, kRateBounds);
    visit("momentum", self.momentum, kFractionBounds);
    visit("weight_decay", self.weight_decay, kNonNegativeBounds);
    visit("nesterov", self.nesterov);
  }
};

struct Adam {
  static constexpr const char* kOp = "adam";
  double lr = 0.001;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0.0;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("lr", self.lr, kRateBounds);
    visit("beta1", self.beta1, kFractionBounds);
    visit("beta2", self.beta2, kFractionBounds);
    visit("eps", self.eps, kNonNegativeBounds);
    visit("weight_decay", self.weight_decay, kNonNegativeBounds);
  }
};

using Optimizer = std::variant<Sgd, Adam>;

std::string_view optimizer_op(const Optimizer& optimizer);

// Momentum buffer (Sgd) or first moment (Adam) in `first`, second moment in `second`; empty where unused.
struct OptimizerState {
  Tensor first;
  Tensor second;
};

// Powers of Adam's betas after t updates, by repeated multiplication.
struct UpdateCount {
  std::int64_t t = 0;
  double beta1_power = 1.0;
  double beta2_power = 1.0;
  void advance(const Optimizer& optimizer);
};

// Writes the updated parameter; `state` goes on to the next update. `p` and `next` may be the same tensor.
void update(const Optimizer& optimizer, const UpdateCount& count, const Tensor& p, const Tensor& gradient,
            OptimizerState& state, Tensor& next);

}  // namespace backstep
