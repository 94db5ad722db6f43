#include "explain.h"

#include "reference.h"

namespace backstep {
namespace {

void explain_layer(const Trace& trace, const CellRef& cell, Explanation& e) {
  const NetworkLayer& layer = trace.net().layer(cell.layer);
  const Pass<float> pass = trace.pass(cell.layer);
  std::visit(
      [&](const auto& op) {
        e.fold = op.fold(cell.slot);
        e.finish = op.finish_name(cell.slot);
        op.shared(cell.slot, cell.index, layer.shapes, [&](const Operand& operand) {
          e.shared.push_back({operand, static_cast<double>(pass.value(operand))});
        });
        const float folded =
            fold_cell<float>(op, cell.slot, cell.index, layer.shapes, pass, [&](const FoldedTerm<float>& term) {
              const auto wide = [](float v) { return static_cast<double>(v); };
              e.terms.push_back({term.tap, wide(pass.value(term.tap.a)), wide(pass.value(term.tap.b)), term.taken,
                                 wide(term.value), wide(term.subtotal), wide(term.total)});
            });
        e.folded = static_cast<double>(folded);
        e.value = op.template finish<float>(cell.slot, cell.index, folded, pass);
      },
      layer.op);
}

// An update has one term: the gradient; the optimizer is its finishing operation.
void explain_update(const Trace& trace, const CellRef& cell, Explanation& e) {
  const bool weight = cell.slot == Slot::w_next;
  const Slot gradient = weight ? Slot::dw : Slot::db;
  const Slot parameter = weight ? Slot::w : Slot::b;
  ExplainedTerm term;
  term.tap = {{gradient, cell.index}, {parameter, cell.index}, 0};
  term.a = static_cast<double>((*trace.tensor(cell.layer, gradient))[cell.index]);
  term.b = static_cast<double>((*trace.tensor(cell.layer, parameter))[cell.index]);
  term.value = term.subtotal = term.total = term.a;
  e.terms = {term};
  e.folded = term.a;
  e.finish = optimizer_op(trace.net().optimizer());
  Tensor p(Shape{1}), g(Shape{1}), next;
  p[0] = (*trace.tensor(cell.layer, parameter))[cell.index];
  g[0] = (*trace.tensor(cell.layer, gradient))[cell.index];
  UpdateCount count;
  count.advance(trace.net().optimizer());
  OptimizerState state;
  update(trace.net().optimizer(), count, p, g, state, next);
  e.value = next[0];
}

}  // namespace

Explanation explain(const Trace& trace, std::int64_t step) {
  const CellRef cell = trace.steps().cell(step);
  Explanation e;
  if (cell.layer == trace.net().layer_count()) {
    e = explain_loss(*trace.net().loss(), cell.slot, cell.index, trace.loss_pass(), trace.loss());
  } else if (cell.slot == Slot::w_next || cell.slot == Slot::b_next) {
    explain_update(trace, cell, e);
  } else {
    explain_layer(trace, cell, e);
  }
  e.layer = cell.layer;
  e.slot = cell.slot;
  e.index = cell.index;
  return e;
}

std::int64_t term_count(const Network& net, const StepIndex& steps, std::int64_t step) {
  const CellRef cell = steps.cell(step);
  if (cell.layer == net.layer_count()) return loss_terms(cell.slot, net.output());
  if (cell.slot == Slot::w_next || cell.slot == Slot::b_next) return 1;
  const NetworkLayer& layer = net.layer(cell.layer);
  std::int64_t count = 0;
  std::visit([&](const auto& op) { op.taps(cell.slot, cell.index, layer.shapes, [&](const Tap&) { ++count; }); },
             layer.op);
  return count;
}

std::int64_t term_count(const Trace& trace, std::int64_t step) { return term_count(trace.net(), trace.steps(), step); }

}  // namespace backstep
