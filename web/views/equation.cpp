// The lines of arithmetic that are no plain sum: gates, shares, logarithms, steps of the optimizer.
#include "engine/format.h"
#include "engine/notation.h"
#include "web/views/stage_view.h"
#include "web/views/working.h"

namespace backstep::views {
namespace {

namespace f = ui::f;

ui::Formula num(double v) { return f::number(v); }
ui::Formula num(float v) { return f::number(static_cast<double>(v)); }

// A number as a factor: "(−2)".
ui::Formula factor(double v) { return v < 0.0 ? f::fence("(", num(v), ")") : num(v); }

ui::Formula share(const StageView& view, const Trace& trace) {
  const auto classes = static_cast<std::size_t>(trace.net().output()[1]);
  const std::size_t own = static_cast<std::size_t>(view.e.index) % classes;
  constexpr std::size_t kMostClasses = 4;
  std::vector<ui::Formula> below;
  for (std::size_t k = 0; k < view.e.terms.size() && view.e.terms.size() <= kMostClasses; ++k) {
    if (k > 0) below.push_back(f::binary("+"));
    below.push_back(num(view.e.terms[k].value));
  }
  if (below.empty()) below.push_back(num(view.e.folded));
  return f::row(
      {f::fraction(num(view.e.terms[own].value), f::row(std::move(below))), f::relation(), num(view.e.value)});
}

std::optional<ui::Formula> loss_equation(const StageView& view, const Trace& trace) {
  const LossPass<float> pass = trace.loss_pass();
  const bool softmax = pass.classes != nullptr && std::holds_alternative<SoftmaxCrossEntropy>(*trace.net().loss());
  if (view.plan.slot == Slot::p) return share(view, trace);
  if (softmax && pass.x->shape[0] > 1 && view.plan.slot == Slot::value) return std::nullopt;
  if (view.plan.slot == Slot::value && softmax) {
    const std::int64_t target = (*pass.classes)[0];
    return f::row({f::text("−log"), f::text(" "), num(trace.loss().p[target]), f::relation(), num(view.e.value)});
  }
  if (view.plan.slot != Slot::dx) return std::nullopt;
  const ExplainedTerm& term = view.e.terms.front();
  if (!softmax) {
    ui::Formula twice =
        f::row({f::text("2"), f::times(), f::fence("(", f::row({num(term.a), f::binary("−"), factor(term.b)}), ")")});
    const Mse* const mse = std::get_if<Mse>(&*trace.net().loss());
    if (mse && mse->reduction == Reduction::mean)
      twice = f::fraction(std::move(twice), f::text(std::to_string(pass.x->count())));
    return f::row({std::move(twice), f::relation(), num(view.e.value)});
  }
  const std::int64_t C = pass.x->shape[1];
  const bool hit = (*pass.classes)[view.e.index / C] == view.e.index % C;
  const bool over = view.e.finish.find("over N") != std::string::npos;
  ui::Formula difference = f::row({num(term.a), f::binary("−"), f::text(hit ? "1" : "0")});
  if (over) difference = f::fraction(std::move(difference), f::text(std::to_string(pass.x->shape[0])));
  return f::row({std::move(difference), f::relation(), num(view.e.value)});
}

ui::Formula update_equation(const StageView& view, const Trace& trace) {
  const ExplainedTerm& term = view.e.terms.front();
  const Sgd* sgd = std::get_if<Sgd>(&trace.net().optimizer());
  if (sgd && sgd->momentum == 0.0 && sgd->weight_decay == 0.0) {
    return f::row({num(term.b), f::binary("−"), f::number(sgd->lr), f::times(), factor(term.a), f::relation(),
                   num(view.e.value)});
  }
  return f::row({num(term.b), f::relation("→"), num(view.e.value)});
}

ui::Formula gate_equation(const StageView& view, const Trace& trace) {
  const ExplainedTerm& term = view.e.terms.front();
  if (view.plan.slot == Slot::y) {
    return f::row({f::text("max"), f::fence("(", f::row({f::text("0"), f::comma(), num(term.a)}), ")"), f::relation(),
                   num(view.e.value)});
  }
  const double x = static_cast<double>((*trace.tensor(view.plan.layer, Slot::x))[view.e.index]);
  ui::Formula gate = f::row({f::var("X"), f::relation(), num(x), f::relation(term.taken ? ">" : "≤"), f::text("0")});
  return f::row({std::move(gate), f::text(term.taken ? ", the gate is open:  " : ", the gate is closed:  "),
                 num(term.a), f::relation("→"), num(view.e.value)});
}

// A function of one number.
ui::Formula plain_equation(const StageView& view) {
  const ExplainedTerm& term = view.e.terms.front();
  const bool won = view.e.finish != "switch" || term.taken;
  const std::string name = view.e.finish.empty() ? "" : won ? view.e.finish + ":  " : "another input won:  ";
  return f::row({f::text(name), num(term.a), f::relation("→"), num(view.e.value)});
}

// One product that is the whole cell.
ui::Formula product_equation(const StageView& view) {
  const ExplainedTerm& term = view.e.terms.front();
  return f::row({num(term.a), f::times(), factor(term.b), f::relation(), num(view.e.value)});
}

}  // namespace

std::optional<ui::Formula> equation_of(const StageView& view, const Trace& trace) {
  if (view.plan.layer == trace.net().layer_count()) {
    return view.partial ? std::nullopt : loss_equation(view, trace);
  }
  if (view.e.terms.size() != 1 || view.block_terms > 1) return std::nullopt;
  // Before its only term is there, a cell has nothing to be told.
  if (view.partial) return f::text("…");
  if (view.plan.slot == Slot::w_next || view.plan.slot == Slot::b_next) return update_equation(view, trace);
  const NetworkLayer& layer = trace.net().layer(view.plan.layer);
  if (std::holds_alternative<Relu>(layer.op)) return gate_equation(view, trace);
  const Slot b = view.e.terms.front().tap.b.slot;
  return b == Slot::w || b == Slot::dy ? product_equation(view) : plain_equation(view);
}

}  // namespace backstep::views
