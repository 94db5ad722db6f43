#include "web/views/loss_plan.h"

#include "engine/explain.h"
#include "web/widgets/painter.h"

namespace backstep::views {
namespace {

bool is_picture(const Shape& shape) { return shape.rank() == 4; }

// One column for each sample, one row for each class; pictures stay what they are.
Planes columns_of(const Shape& shape) {
  if (is_picture(shape)) return planes_of(shape);
  const std::int64_t rows = shape.rank() >= 2 ? shape[1] : shape.count();
  return {shape.count() / rows, rows, 1};
}

Panel column(const Trace& trace, Slot slot, std::string title) {
  const int layer = trace.net().layer_count();
  Panel panel;
  panel.slot = panel.role = slot;
  panel.tensor = trace.tensor(layer, slot);
  panel.gradient = slot == Slot::dx;
  panel.title = std::move(title);
  panel.planes = slot == Slot::value ? Planes{} : columns_of(panel.tensor->shape);
  panel.rows = Axis::plain(panel.planes.rows);
  panel.cols = Axis::plain(panel.planes.cols);
  panel.key = ui::hit_id("loss", static_cast<std::uint64_t>(slot) + 1);
  return panel;
}

Panel derived(const Shape& shape, std::vector<float> values, std::string title) {
  Panel panel;
  panel.derived = std::move(values);
  panel.title = std::move(title);
  panel.planes = columns_of(shape);
  panel.rows = Axis::plain(panel.planes.rows);
  panel.cols = Axis::plain(panel.planes.cols);
  panel.key = ui::hit_id("loss.derived", ui::hit_id(panel.title));
  return panel;
}

// exp(X − m) of every class, as explain() counts them.
std::vector<float> exponentials(const Trace& trace, const Shape& shape) {
  std::vector<float> out;
  const Block* p = trace.steps().block(trace.net().layer_count(), Slot::p);
  for (std::int64_t n = 0; n < shape[0]; ++n) {
    for (const ExplainedTerm& term : explain(trace, p->first + n * shape[1]).terms) {
      out.push_back(static_cast<float>(term.value));
    }
  }
  return out;
}

std::vector<float> one_hot(const IndexTensor& classes, const Shape& shape) {
  std::vector<float> out(static_cast<std::size_t>(shape.count()), 0.0F);
  for (std::int64_t n = 0; n < shape[0]; ++n) out[static_cast<std::size_t>(n * shape[1] + classes[n])] = 1.0F;
  return out;
}

void plan_softmax(const Trace& trace, StagePlan& plan) {
  const Shape shape = trace.net().output();
  const auto sign = [&](const char* before) { plan.panels.back().sign = before; };
  if (plan.slot == Slot::p) {
    plan.panels.push_back(column(trace, Slot::x, "X"));
    plan.panels.back().detail = "logits";
    plan.panels.push_back(derived(shape, exponentials(trace, shape), "exp(X − max)"));
    sign("→");
    plan.panels.push_back(column(trace, Slot::p, "p"));
    plan.panels.back().detail = "shares";
    sign("→");
  } else {
    plan.panels.push_back(column(trace, Slot::p, "p"));
    plan.panels.push_back(derived(shape, one_hot(*trace.problem().classes, shape), "t"));
    plan.panels.back().detail = "target";
    if (plan.slot == Slot::dx) sign("−");
    plan.panels.push_back(plan.slot == Slot::dx ? column(trace, Slot::dx, "∂L/∂X") : column(trace, Slot::value, "L"));
    sign(plan.slot == Slot::dx ? "=" : "→");
    if (plan.slot == Slot::dx && shape[0] > 1) sign("→");
  }
}

}  // namespace

void plan_loss(const Trace& trace, StagePlan& plan) {
  plan.form = StageForm::kTable;
  if (std::holds_alternative<SoftmaxCrossEntropy>(*trace.net().loss())) {
    plan_softmax(trace, plan);
  } else {
    if (is_picture(trace.net().output())) plan.form = StageForm::kGrids;
    plan.panels.push_back(column(trace, Slot::x, "X"));
    plan.panels.push_back(column(trace, Slot::target, "t"));
    plan.panels.back().sign = "−";
    const bool gradient = plan.slot == Slot::dx;
    plan.panels.push_back(column(trace, plan.slot, gradient ? "∂L/∂X" : "L"));
    plan.panels.back().sign = "→";
  }
  plan.panels.back().output = true;
}

std::string class_name(const std::vector<std::string>& names, std::int64_t index) {
  const auto i = static_cast<std::size_t>(index);
  return i < names.size() ? names[i] : "class " + std::to_string(index);
}

}  // namespace backstep::views
