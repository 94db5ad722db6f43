#include "float_bound.h"

#include <cmath>
#include <limits>

#include "reference.h"

namespace backstep {
namespace {

using Wide = BasicTensor<double>;

constexpr double kUnitRoundoff = 1.0 / 16777216.0;  // 2^-24
constexpr double kSmallest = 0x1p-149;
constexpr double kLargestFloat = 0x1.fffffep127;
constexpr std::int64_t kExtraRoundings = 6;

bool finite(double value) { return value - value == 0.0; }

// Double copies of the tensors around a layer, each made once.
struct WidePass {
  Wide x, w, b, y, dy, dw, db, cache;
  Pass<double> pass;

  explicit WidePass(const Pass<float>& from) {
    const auto widen = [](const Tensor* tensor, Wide& out) -> const Wide* {
      if (!tensor) return nullptr;
      out.shape = tensor->shape;
      out.data.assign(tensor->data.begin(), tensor->data.end());
      return &out;
    };
    pass.x = widen(from.x, x);
    pass.w = widen(from.w, w);
    pass.b = widen(from.b, b);
    pass.y = widen(from.y, y);
    pass.dy = widen(from.dy, dy);
    pass.dw = widen(from.dw, dw);
    pass.db = widen(from.db, db);
    pass.cache = widen(from.cache, cache);
    pass.switches = from.switches;
    pass.draw = from.draw;
  }
};

struct CellBound {
  double value = 0.0;  // by the reference in double
  double bound = 0.0;
  double magnitude = 0.0;  // no intermediate result is larger
  std::int64_t terms = 0;
};

template <class L>
CellBound bound_of(const L& layer, Slot slot, std::int64_t index, const LayerShapes& shapes, const Pass<double>& pass) {
  CellBound out;
  double sum = 0.0;
  const double folded = fold_cell<double>(layer, slot, index, shapes, pass, [&](const FoldedTerm<double>& term) {
    ++out.terms;
    if (term.taken) sum += std::abs(term.value);
  });
  const auto finish = [&](double v) { return layer.template finish<double>(slot, index, v, pass); };
  out.value = finish(folded);
  if (layer.fold(slot) == Fold::maximum) return out;
  const double offset = finish(0.0), factor = std::abs(finish(1.0) - offset);
  const double through = std::max(factor * sum + std::abs(offset), std::abs(out.value));
  const std::int64_t roundings = out.terms + kExtraRoundings;
  out.magnitude = std::max(sum, through);
  out.bound = rounding_gamma(roundings) * through + static_cast<double>(roundings) * kSmallest * std::max(1.0, factor);
  return out;
}

class Collector {
 public:
  explicit Collector(std::string name) { check_.name = std::move(name); }

  template <class CellName>
  void add(float got, const CellBound& want, CellName&& cell_name) {
    ++check_.cells;
    check_.terms = std::max(check_.terms, want.terms);
    double share = 0.0;
    if (!finite(static_cast<double>(got))) {
      // Right where double has no number either, or where float ran out of range on the way.
      const bool expected = !finite(want.value) || !finite(want.magnitude) || want.magnitude > kLargestFloat / 2.0;
      share = expected ? 0.0 : std::numeric_limits<double>::infinity();
    } else {
      const double error = std::abs(static_cast<double>(got) - want.value);
      share = error == 0.0 ? 0.0 : error / want.bound;
      if (share != share) share = std::numeric_limits<double>::infinity();
    }
    if (share <= check_.share && !check_.worst.empty()) return;
    check_.share = share;
    check_.worst = cell_name();
  }

  BoundCheck finish() {
    check_.passed = check_.share <= 1.0;
    return std::move(check_);
  }

 private:
  BoundCheck check_;
};

BoundCheck check_block(const Trace& trace, const Block& block) {
  const StepIndex& steps = trace.steps();
  const NetworkLayer& layer = trace.net().layer(block.layer);
  const WidePass wide(trace.pass(block.layer));
  const Tensor& got = *trace.tensor(block.layer, block.slot);
  Collector collector(steps.tensor_name(block));
  std::visit(
      [&](const auto& op) {
        for (std::int64_t i = 0; i < block.count; ++i) {
          collector.add(got[i], bound_of(op, block.slot, i, layer.shapes, wide.pass),
                        [&] { return steps.name(block.first + i); });
        }
      },
      layer.op);
  return collector.finish();
}

// p and value have no negative terms, so that they are their own magnitude, and so is a difference that is rounded
// once; p - 1 of a softmax rounds p first.
double loss_magnitude(const Loss& loss, Slot slot, std::int64_t i, const LossPass<double>& pass,
                      const LossOutputs<double>& out) {
  const auto* softmax = std::get_if<SoftmaxCrossEntropy>(&loss);
  if (slot == Slot::p) return out.p[i];
  if (slot == Slot::value) return out.value[0];
  if (!softmax) return std::abs(out.dx[i]);
  const std::int64_t N = pass.x->shape[0], C = pass.x->shape[1];
  const bool target = (*pass.classes)[i / C] == i % C;
  return (out.p[i] + (target ? 1.0 : 0.0)) / (softmax->reduction == Reduction::mean ? static_cast<double>(N) : 1.0);
}

std::vector<BoundCheck> check_loss_cells(const Trace& trace) {
  const LossPass<float> narrow = trace.loss_pass();
  Wide x, target;
  x.shape = narrow.x->shape;
  x.data.assign(narrow.x->data.begin(), narrow.x->data.end());
  if (narrow.target) {
    target.shape = narrow.target->shape;
    target.data.assign(narrow.target->data.begin(), narrow.target->data.end());
  }
  const Loss& loss = *trace.net().loss();
  const LossPass<double> pass{&x, narrow.classes, &target};
  LossOutputs<double> want;
  run_loss<double>(loss, pass, want);

  std::vector<BoundCheck> out;
  const int layer = trace.net().layer_count();
  for (const Block& block : trace.steps().blocks()) {
    if (block.layer != layer) continue;
    const Tensor& got = *trace.tensor(layer, block.slot);
    const Wide& wide = block.slot == Slot::p ? want.p : block.slot == Slot::value ? want.value : want.dx;
    Collector collector(trace.steps().tensor_name(block));
    for (std::int64_t i = 0; i < block.count; ++i) {
      CellBound cell;
      cell.value = wide[i];
      cell.terms = loss_terms(block.slot, x.shape);
      cell.magnitude = loss_magnitude(loss, block.slot, i, pass, want);
      const std::int64_t roundings = (block.slot == Slot::value ? cell.terms : 1) + kExtraRoundings;
      cell.bound = rounding_gamma(roundings) * cell.magnitude + static_cast<double>(roundings) * kSmallest;
      collector.add(got[i], cell, [&] { return trace.steps().name(block.first + i); });
    }
    out.push_back(collector.finish());
  }
  return out;
}

}  // namespace

double rounding_gamma(std::int64_t n) {
  const double nu = static_cast<double>(n) * kUnitRoundoff;
  return nu / (1.0 - nu);
}

std::vector<BoundCheck> check_float_bounds(const Trace& trace) {
  std::vector<BoundCheck> out;
  const int losses = trace.net().layer_count();
  bool loss_done = false;
  for (const Block& block : trace.steps().blocks()) {
    if (block.phase == Phase::update) break;
    if (block.layer < losses) {
      out.push_back(check_block(trace, block));
    } else if (!loss_done) {
      for (BoundCheck& check : check_loss_cells(trace)) out.push_back(std::move(check));
      loss_done = true;
    }
  }
  return out;
}

}  // namespace backstep
