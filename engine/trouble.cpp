#include "trouble.h"

#include <algorithm>
#include <cmath>

#include "format.h"
#include "math.h"
#include "notation.h"

namespace backstep {
namespace {

constexpr double kTooFar = 10.0;  // times what is usual
constexpr const char* kBeyond = " is beyond the largest float32 number, 3.403e38, and becomes ";

bool finite(double value) { return value - value == 0.0; }
bool finite(float value) { return value - value == 0.0F; }
bool is_nan(double value) { return value != value; }

// As a value in a sentence: "(−2)" where it is a factor.
std::string factor(double value) { return value < 0.0 ? "(" + format_number(value) + ")" : format_number(value); }

std::string sum(double a, double b) {
  return format_number(a) + (b < 0.0 ? " − " + format_number(-b) : " + " + format_number(b));
}

// Cells whose gates are closed together: the plane of a map, or the row of a sample.
std::int64_t gate_group(const Shape& shape) {
  std::int64_t cells = 1;
  for (int axis = shape.rank() == 2 ? 1 : 2; axis < shape.rank(); ++axis) cells *= shape[axis];
  return cells;
}

// Whether a cell of a ReLU is the last one of a group that passes nothing.
bool ends_dead_group(const Trace& trace, int layer, Slot slot, std::int64_t index) {
  if (layer >= trace.net().layer_count() || (slot != Slot::y && slot != Slot::dx)) return false;
  if (!std::holds_alternative<Relu>(trace.net().layer(layer).op)) return false;
  const Tensor& x = *trace.tensor(layer, Slot::x);
  const std::int64_t group = gate_group(x.shape);
  if (group < 2 || (index + 1) % group != 0) return false;
  const auto end = x.data.begin() + static_cast<std::ptrdiff_t>(index) + 1;
  return std::all_of(end - static_cast<std::ptrdiff_t>(group), end, [](float v) { return v <= 0.0F; });
}

// The loss that is usual, for one sample or element: that of guessing, or the targets' own mean square.
double usual_loss(const Trace& trace) {
  if (std::holds_alternative<SoftmaxCrossEntropy>(*trace.net().loss())) {
    return math::log(static_cast<double>(trace.net().output()[1]));
  }
  const Tensor& target = *trace.problem().target;
  double squares = 0.0;
  for (const float t : target.data) squares += static_cast<double>(t) * static_cast<double>(t);
  return std::max(1.0, squares / static_cast<double>(std::max<std::int64_t>(1, target.count())));
}

// The loss of one sample or element on average, whatever the reduction.
double loss_share(const Trace& trace) {
  const auto value = static_cast<double>(trace.loss().value[0]);
  const auto share = [&](const auto& loss, std::int64_t of) {
    return loss.reduction == Reduction::sum ? value / static_cast<double>(of) : value;
  };
  const Loss& loss = *trace.net().loss();
  if (const auto* softmax = std::get_if<SoftmaxCrossEntropy>(&loss)) return share(*softmax, trace.net().output()[0]);
  return share(std::get<Mse>(loss), trace.net().output().count());
}

bool loss_explodes(const Trace& trace) {
  const double share = loss_share(trace);
  return finite(share) && share > kTooFar * std::max(usual_loss(trace), 0.1);
}

float largest_of(const Tensor& tensor) {
  float largest = 0.0F;
  for (const float v : tensor.data) largest = std::max(largest, std::abs(v));
  return largest;
}

// How many times the largest weight of its tensor a weight moves; 0 where that says nothing.
double stride_of_update(const Trace& trace, int layer, std::int64_t index, float largest) {
  if (largest <= 0.0F) return 0.0;
  const Tensor& before = *trace.tensor(layer, Slot::w);
  const Tensor& after = *trace.tensor(layer, Slot::w_next);
  const double moved = std::abs(static_cast<double>(after[index]) - static_cast<double>(before[index]));
  return finite(moved) ? moved / static_cast<double>(largest) : 0.0;
}

// Where a number that is not finite came from, told at the cell that has it.
class Cause {
 public:
  Cause(const Trace& trace, const Explanation& e) : trace_(trace), e_(e) {}

  std::string text() const {
    for (const SharedOperand& shared : e_.shared) {
      if (!finite(shared.value)) return inherited(shared.operand, shared.value);
    }
    double before = 0.0;
    for (const ExplainedTerm& term : e_.terms) {
      const double now = e_.fold == Fold::maximum ? term.value : term.total;
      // The first term with which the sum is as bad as the result.
      if (term.taken && (is_nan(static_cast<double>(e_.value)) ? is_nan(now) : !finite(now))) return of(term, before);
      before = now;
    }
    const std::string last = e_.finish.empty() ? "The last operation" : "The last operation, " + e_.finish + ",";
    if (is_nan(static_cast<double>(e_.value))) return last + " has no value here.";
    return last + " goes beyond the largest float32 number, 3.403e38.";
  }

 private:
  std::string inherited(const Operand& operand, double value) const {
    return cell_symbol(trace_, e_.layer, operand.slot, operand.index) + " is " + format_number(value) + " already.";
  }

  std::string of(const ExplainedTerm& term, double before) const {
    const bool product = term.tap.b.slot != Slot::none;
    const bool worse = is_nan(term.value) && !is_nan(term.a) && !is_nan(term.b);
    if (product && worse) return factor(term.a) + " · " + factor(term.b) + " has no value: NaN.";
    if (!finite(term.a) && (finite(before) || is_nan(term.a))) return inherited(term.tap.a, term.a);
    if (product && !finite(term.b) && (finite(before) || is_nan(term.b))) return inherited(term.tap.b, term.b);
    if (!finite(term.value) && finite(before)) {
      return factor(term.a) + " · " + factor(term.b) + kBeyond + format_number(term.value) + ".";
    }
    if (is_nan(term.total)) return sum(before, term.value) + " has no value: NaN.";
    return "The sum " + sum(before, term.value) + kBeyond + format_number(term.total) + ".";
  }

  const Trace& trace_;
  const Explanation& e_;
};

std::string not_finite_words(const Trace& trace, const Explanation& e, std::int64_t step) {
  const std::int64_t first = *trace.first_not_finite();
  std::string out = Cause(trace, e).text();
  if (first < step)
    return out + " The first such number is " + trace.steps().name(first) + ", step " + std::to_string(first) + ".";
  return out + " This is the first number that is not finite; whatever is computed from it is not either.";
}

std::string dead_words(const Trace& trace, const Explanation& e) {
  const bool map = trace.tensor(e.layer, Slot::x)->shape.rank() != 2;
  const std::string gates = map ? "Every gate of this map " : "Every gate of this layer ";
  if (e.slot == Slot::y) return gates + "is closed: the ReLU is dead for this input, and no gradient will come back.";
  return gates + "was closed: nothing comes back, and the weights before it learn nothing from this input.";
}

std::string loss_words(const Trace& trace) {
  const std::string usual = format_number(usual_loss(trace));
  const bool softmax = std::holds_alternative<SoftmaxCrossEntropy>(*trace.net().loss());
  return "The loss explodes: " + format_number(loss_share(trace)) +
         (softmax ? " is far above " + usual + ", what guessing costs; the scores have grown too large."
                  : " for each output is far above " + usual +
                        ", the size of the targets; the outputs have grown too "
                        "large.");
}

}  // namespace

const char* trouble_name(TroubleKind kind) {
  switch (kind) {
    case TroubleKind::not_finite: return "first number that is not finite";
    case TroubleKind::dead_gates: return "first ReLU that is dead";
    case TroubleKind::explosion: return "first explosion";
  }
  return "";
}

std::vector<Trouble> find_troubles(const Trace& trace) {
  std::vector<Trouble> out;
  if (const auto step = trace.first_not_finite()) out.push_back({TroubleKind::not_finite, *step});
  const auto first = [&](TroubleKind kind, const auto& in_trouble) {
    for (const Block& block : trace.steps().blocks()) {
      for (std::int64_t i = 0; i < block.count; ++i) {
        if (!in_trouble(block, i)) continue;
        out.push_back({kind, block.first + i});
        return;
      }
    }
  };
  first(TroubleKind::dead_gates, [&](const Block& block, std::int64_t i) {
    return block.slot == Slot::y && ends_dead_group(trace, block.layer, block.slot, i);
  });
  float largest = 0.0F;
  first(TroubleKind::explosion, [&](const Block& block, std::int64_t i) {
    if (block.slot == Slot::value) return loss_explodes(trace);
    if (block.slot != Slot::w_next) return false;
    if (i == 0) largest = largest_of(*trace.tensor(block.layer, Slot::w));
    return stride_of_update(trace, block.layer, i, largest) > kTooFar;
  });
  std::sort(out.begin(), out.end(), [](const Trouble& a, const Trouble& b) { return a.step < b.step; });
  return out;
}

std::string trouble_words(const Trace& trace, const Explanation& e) {
  if (!finite(e.value)) return not_finite_words(trace, e, trace.steps().find({e.layer, e.slot, e.index}));
  if (ends_dead_group(trace, e.layer, e.slot, e.index)) return dead_words(trace, e);
  if (e.slot == Slot::value && loss_explodes(trace)) return loss_words(trace);
  if (e.slot != Slot::w_next) return "";
  const float largest = largest_of(*trace.tensor(e.layer, Slot::w));
  const double stride = stride_of_update(trace, e.layer, e.index, largest);
  if (stride <= kTooFar) return "";
  return "The step explodes: it is " + format_number(stride) + " times as long as the layer's largest weight, " +
         format_number(static_cast<double>(largest)) + "; a smaller learning rate is needed.";
}

}  // namespace backstep
