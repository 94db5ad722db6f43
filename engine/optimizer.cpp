#include "optimizer.h"

#include <cmath>

namespace backstep {
namespace {

struct Element {
  double p, g;
  float* first;
  float* second;
};

double step(const Sgd& o, const UpdateCount& count, const Element& e) {
  const double d = e.g + o.weight_decay * e.p;
  if (o.momentum == 0.0) return e.p - o.lr * d;
  *e.first = static_cast<float>(count.t == 1 ? d : o.momentum * static_cast<double>(*e.first) + d);
  const double buffer = static_cast<double>(*e.first);
  return e.p - o.lr * (o.nesterov ? d + o.momentum * buffer : buffer);
}

double step(const Adam& o, const UpdateCount& count, const Element& e) {
  const double d = e.g + o.weight_decay * e.p;
  *e.first = static_cast<float>(o.beta1 * static_cast<double>(*e.first) + (1.0 - o.beta1) * d);
  *e.second = static_cast<float>(o.beta2 * static_cast<double>(*e.second) + (1.0 - o.beta2) * d * d);
  const double m = static_cast<double>(*e.first) / (1.0 - count.beta1_power);
  const double v = static_cast<double>(*e.second) / (1.0 - count.beta2_power);
  return e.p - o.lr * (m / (std::sqrt(v) + o.eps));
}

bool wants_first(const Sgd& o) { return o.momentum != 0.0; }
bool wants_first(const Adam&) { return true; }
bool wants_second(const Sgd&) { return false; }
bool wants_second(const Adam&) { return true; }

void prepare(bool wanted, const Shape& shape, Tensor& state) {
  if (wanted && !(state.shape == shape)) state.reset(shape);
}

void advance_powers(const Sgd&, UpdateCount&) {}
void advance_powers(const Adam& o, UpdateCount& count) {
  count.beta1_power *= o.beta1;
  count.beta2_power *= o.beta2;
}

}  // namespace

std::string_view optimizer_op(const Optimizer& optimizer) {
  return std::visit([](const auto& o) { return std::string_view(o.kOp); }, optimizer);
}

void UpdateCount::advance(const Optimizer& optimizer) {
  ++t;
  std::visit([&](const auto& o) { advance_powers(o, *this); }, optimizer);
}

void update(const Optimizer& optimizer, const UpdateCount& count, const Tensor& p, const Tensor& gradient,
            OptimizerState& state, Tensor& next) {
  std::visit(
      [&](const auto& o) {
        prepare(wants_first(o), p.shape, state.first);
        prepare(wants_second(o), p.shape, state.second);
        if (!(next.shape == p.shape)) next.reset(p.shape);
        for (std::int64_t i = 0; i < p.count(); ++i) {
          const Element e{static_cast<double>(p[i]), static_cast<double>(gradient[i]),
                          wants_first(o) ? &state.first[i] : nullptr, wants_second(o) ? &state.second[i] : nullptr};
          next[i] = static_cast<float>(step(o, count, e));
        }
      },
      optimizer);
}

}  // namespace backstep
