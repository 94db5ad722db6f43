#include "loss.h"

#include <variant>

#include "math.h"

namespace backstep {
namespace {

struct SoftmaxRow {
  double maximum = 0.0;
  double sum = 0.0;  // of exp(x - maximum)
};

template <class T>
SoftmaxRow softmax_row(const BasicTensor<T>& x, std::int64_t row) {
  const std::int64_t C = x.shape[1];
  SoftmaxRow out{static_cast<double>(x[row * C]), 0.0};
  for (std::int64_t c = 1; c < C; ++c) {
    const double v = static_cast<double>(x[row * C + c]);
    if (v > out.maximum) out.maximum = v;
  }
  for (std::int64_t c = 0; c < C; ++c) out.sum += math::exp(static_cast<double>(x[row * C + c]) - out.maximum);
  return out;
}

template <class T>
T divisor(Reduction reduction, std::int64_t n) {
  return reduction == Reduction::mean ? static_cast<T>(n) : T{1};
}

template <class T>
void run(const SoftmaxCrossEntropy& loss, const LossPass<T>& pass, LossOutputs<T>& out) {
  const BasicTensor<T>& x = *pass.x;
  const std::int64_t N = x.shape[0], C = x.shape[1];
  out.p.reset(x.shape);
  out.dx.reset(x.shape);
  out.value.reset(Shape{1});
  const T scale = divisor<T>(loss.reduction, N);
  T total{};
  for (std::int64_t n = 0; n < N; ++n) {
    const SoftmaxRow row = softmax_row(x, n);
    const std::int64_t target = (*pass.classes)[n];
    for (std::int64_t c = 0; c < C; ++c) {
      const std::int64_t i = n * C + c;
      out.p[i] = static_cast<T>(math::exp(static_cast<double>(x[i]) - row.maximum) / row.sum);
      out.dx[i] = (c == target ? out.p[i] - T{1} : out.p[i]) / scale;
    }
    total += static_cast<T>(math::log(row.sum) - (static_cast<double>(x[n * C + target]) - row.maximum));
  }
  out.value[0] = total / scale;
}

template <class T>
void run(const Mse& loss, const LossPass<T>& pass, LossOutputs<T>& out) {
  const BasicTensor<T>& x = *pass.x;
  const BasicTensor<T>& target = *pass.target;
  out.p = {};
  out.dx.reset(x.shape);
  out.value.reset(Shape{1});
  const T scale = divisor<T>(loss.reduction, x.count());
  const std::int64_t width = x.shape[x.shape.rank() - 1];
  T total{};
  for (std::int64_t i = 0; i < x.count();) {
    T row{};
    for (std::int64_t k = 0; k < width; ++k, ++i) {
      const T difference = x[i] - target[i];
      row += difference * difference;
      out.dx[i] = T{2} * difference / scale;
    }
    total += row;
  }
  out.value[0] = total / scale;
}

ExplainedTerm operand(Slot a, std::int64_t i, float value, std::int64_t group) {
  ExplainedTerm term;
  term.tap = {{a, i}, {}, group};
  term.a = static_cast<double>(value);
  return term;
}

void explain_into(const SoftmaxCrossEntropy& loss, const LossPass<float>& pass, const LossOutputs<float>& out,
                  Explanation& e) {
  const Tensor& x = *pass.x;
  const std::int64_t C = x.shape[1];
  const bool mean = loss.reduction == Reduction::mean;
  if (e.slot == Slot::dx) {
    ExplainedTerm term = operand(Slot::p, e.index, out.p[e.index], 0);
    term.value = term.subtotal = term.total = term.a;
    e.terms = {term};
    const bool hit = (*pass.classes)[e.index / C] == e.index % C;
    e.finish = std::string(hit ? "minus 1" : "minus 0") + (mean && x.shape[0] > 1 ? ", over N" : "");
    e.folded = term.total;
    return;
  }
  // p: the exponentials of one row. value: those of every row, with a logarithm at each row's end.
  const std::int64_t first = e.slot == Slot::p ? e.index / C : 0;
  const std::int64_t last = e.slot == Slot::p ? first + 1 : x.shape[0];
  double rows = 0.0;
  for (std::int64_t n = first; n < last; ++n) {
    const SoftmaxRow row = softmax_row(x, n);
    double sum = 0.0;
    for (std::int64_t c = 0; c < C; ++c) {
      ExplainedTerm term = operand(Slot::x, n * C + c, x[n * C + c], n);
      term.value = math::exp(term.a - row.maximum);
      sum += term.value;
      term.subtotal = sum;
      term.total = e.slot == Slot::p ? sum : rows + sum;
      e.terms.push_back(term);
    }
    rows += sum;
  }
  e.folded = rows;
  e.finish = e.slot == Slot::p
                 ? "divide"
                 : (mean && x.shape[0] > 1 ? "log, minus the target's logit, over N" : "log, minus the target's logit");
}

void explain_into(const Mse& loss, const LossPass<float>& pass, const LossOutputs<float>&, Explanation& e) {
  const Tensor& x = *pass.x;
  const bool mean = loss.reduction == Reduction::mean;
  const std::int64_t width = x.shape[x.shape.rank() - 1];
  const std::int64_t first = e.slot == Slot::dx ? e.index : 0;
  const std::int64_t last = e.slot == Slot::dx ? e.index + 1 : x.count();
  float total = 0.0F;
  float row = 0.0F;
  for (std::int64_t i = first; i < last; ++i) {
    if (i % width == 0) {
      total += row;
      row = 0.0F;
    }
    ExplainedTerm term = operand(Slot::x, i, x[i], i / width);
    term.tap.b = {Slot::target, i};
    term.b = static_cast<double>((*pass.target)[i]);
    const float difference = x[i] - (*pass.target)[i];
    const float value = e.slot == Slot::dx ? difference : difference * difference;
    row += value;
    term.value = static_cast<double>(value);
    term.subtotal = static_cast<double>(row);
    term.total = static_cast<double>(total + row);
    e.terms.push_back(term);
  }
  e.folded = static_cast<double>(total + row);
  e.finish = e.slot == Slot::dx ? (mean ? "times 2, over the number of elements" : "times 2")
                                : (mean ? "over the number of elements" : "");
}

}  // namespace

Status SoftmaxCrossEntropy::check(const Shape& x) const {
  if (x.rank() == 2 && x[1] >= 2) return Nothing{};
  return Error{"shape", "",
               "softmax_cross_entropy needs logits [N,classes] with at least 2 classes, found " + x.text()};
}

std::string_view loss_op(const Loss& loss) {
  return std::visit([](const auto& l) { return std::string_view(l.kOp); }, loss);
}

Status check_loss(const Loss& loss, const Shape& x) {
  return std::visit([&](const auto& l) { return l.check(x); }, loss);
}

template <class T>
void run_loss(const Loss& loss, const LossPass<T>& pass, LossOutputs<T>& out) {
  std::visit([&](const auto& l) { run(l, pass, out); }, loss);
}
template void run_loss<float>(const Loss&, const LossPass<float>&, LossOutputs<float>&);
template void run_loss<double>(const Loss&, const LossPass<double>&, LossOutputs<double>&);

Explanation explain_loss(const Loss& loss, Slot slot, std::int64_t index, const LossPass<float>& pass,
                         const LossOutputs<float>& out) {
  Explanation e;
  e.slot = slot;
  e.index = index;
  std::visit([&](const auto& l) { explain_into(l, pass, out, e); }, loss);
  e.value = slot == Slot::p ? out.p[index] : slot == Slot::value ? out.value[index] : out.dx[index];
  return e;
}

std::int64_t loss_terms(Slot slot, const Shape& x) {
  if (slot == Slot::dx) return 1;
  if (slot == Slot::p) return x[1];
  return x.count();
}

}  // namespace backstep
