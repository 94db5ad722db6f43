#include "web/app/gradient_check.h"

#include <cmath>

#include "engine/format.h"
#include "web/app/tour.h"

namespace backstep::app {

class CheckProbes {
 public:
  CheckProbes(const Problem& problem, std::string hash)
      : net_(problem.net), hash_(std::move(hash)), wide_(problem), narrow_(problem) {}

  // Of the trace itself nothing is kept: its memory takes the next one.
  bool are_of(const Model& model) const { return net_ == model.trace->problem().net && hash_ == model.hash; }
  NumericGradient wide(const CellRef& cell, double eps) { return wide_.at(cell, eps); }
  NumericGradient narrow(const CellRef& cell, double eps) { return narrow_.at(cell, eps); }

 private:
  std::shared_ptr<const Network> net_;
  std::string hash_;  // of the numbers
  GradientProbe<double> wide_;
  GradientProbe<float> narrow_;
};

namespace {

constexpr double kQuarter = 0.56234132519034907;   // 10^(-1/4)
constexpr std::int64_t kMostForCurve = 4000;       // multiply-adds of a net that is run 80 times in a frame
constexpr float kLowestError = -12;                // log10 of no difference at all
constexpr std::int64_t kMostForCheck = 1'000'000;  // of a net that is run at all: more would hold up the frame

// The gradient by a number of any kind, as a cell of a computed tensor; nothing for what has none.
std::optional<CellRef> gradient_of(const Trace& trace, const CellAt& cell) {
  const int last = trace.net().layer_count();
  switch (cell.slot) {
    case Slot::x:
    case Slot::dx: return CellRef{cell.layer, Slot::dx, cell.index};
    case Slot::w:
    case Slot::dw: return CellRef{cell.layer, Slot::dw, cell.index};
    case Slot::b:
    case Slot::db: return CellRef{cell.layer, Slot::db, cell.index};
    case Slot::y:
    case Slot::dy:
      if (cell.layer + 1 < last) return CellRef{cell.layer + 1, Slot::dx, cell.index};
      if (trace.net().loss()) return CellRef{last, Slot::dx, cell.index};
      return std::nullopt;
    default: return std::nullopt;
  }
}

std::optional<CellRef> chosen_gradient(const Model& model) {
  if (!model.trace || !open_panels(model).inspector || model.state.playing) return std::nullopt;
  const CellRef step = model.trace->steps().cell(model.step());
  const bool backward = step.slot == Slot::dx || step.slot == Slot::dw || step.slot == Slot::db;
  std::optional<CellRef> out;
  if (const auto& pinned = model.state.pinned) out = gradient_of(*model.trace, *pinned);
  if (!out && backward) out = step;
  if (!out) return std::nullopt;
  const Tensor* values = model.trace->tensor(out->layer, out->slot);
  if (!values || out->index >= values->count() || model.covered(out->layer, out->slot, out->index)) return std::nullopt;
  return out;
}

std::int64_t multiply_adds(const Network& net) {
  std::int64_t sum = 0;
  for (const NetworkLayer& layer : net.layers()) {
    sum += std::visit([&](const auto& op) { return op.multiply_adds(layer.shapes); }, layer.op);
  }
  return sum;
}

float error_of(const NumericGradient& g) {
  const double error = std::fabs(g.numeric - g.analytic);
  return error > 0.0 ? std::max(kLowestError, static_cast<float>(std::log10(error))) : kLowestError;
}

std::string line(const char* precision, const NumericGradient& g) {
  return std::string(precision) + ": numeric " + format_number(g.numeric) + ", analytic " + format_number(g.analytic) +
         (agrees(g) ? ", they agree. " : ", they differ. ");
}

}  // namespace

double check_width(int index) {
  double out = 1.0;
  for (int i = 0; i < index / 4; ++i) out /= 10.0;
  for (int i = 0; i < index % 4; ++i) out *= kQuarter;
  return out;
}

bool agrees(const NumericGradient& g) {
  return std::fabs(g.numeric - g.analytic) <= 1e-3 * std::max(std::fabs(g.analytic), 1e-2);
}

std::string check_text(const GradientCheck& check) {
  std::string out = "Gradient check at " + check.variable + ", eps " + format_number(check.eps) + ". " +
                    line("double", check.wide) + line("float", check.narrow);
  if (!check.kink.empty()) {
    out += "Between the two points " + check.kink + ": the loss has a bend there.";
  } else if (agrees(check.wide) && !agrees(check.narrow)) {
    out += "In float the two losses differ by less than their rounding can show.";
  }
  return out;
}

void check_gradient(Model& model) {
  const auto cell = chosen_gradient(model);
  if (!cell) {
    model.check = nullptr;
    return;
  }
  const Network& net = model.trace->net();
  const double eps = check_width(model.state.check_width);
  const bool same_trace = model.probes && model.probes->are_of(model);
  const GradientCheck* old = same_trace ? model.check.get() : nullptr;
  const bool same_cell =
      old && old->cell.layer == cell->layer && old->cell.slot == cell->slot && old->cell.index == cell->index;
  if (same_cell && old->eps == eps) return;
  const std::int64_t work = multiply_adds(net);
  if (work > kMostForCheck) return;
  if (!same_trace) model.probes = std::make_shared<CheckProbes>(model.trace->problem(), model.hash);
  GradientCheck check;
  check.cell = *cell;
  check.variable = variable_name(net, *cell);
  check.eps = eps;
  check.wide = model.probes->wide(*cell, eps);
  check.narrow = model.probes->narrow(*cell, eps);
  if (check.wide.kink) check.kink = kink_text(net, *check.wide.kink);
  if (same_cell) {
    check.wide_errors = old->wide_errors;
    check.narrow_errors = old->narrow_errors;
  } else if (work <= kMostForCurve) {
    for (int i = 0; i < kCheckWidths; ++i) {
      check.wide_errors.push_back(error_of(model.probes->wide(*cell, check_width(i))));
      check.narrow_errors.push_back(error_of(model.probes->narrow(*cell, check_width(i))));
    }
  }
  model.check = std::make_shared<const GradientCheck>(std::move(check));
}

}  // namespace backstep::app
