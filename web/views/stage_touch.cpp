#include "web/views/stage_touch.h"

#include <cmath>

#include "web/app/cells.h"

namespace backstep::views {
namespace {

constexpr float kScrubStep = 6;  // px of a drag for one step of the number

bool is_source(const app::Model& model, const StageView& view, const Panel& panel) {
  return panel.slot != Slot::none && app::source_at(model, {view.plan.layer, panel.slot, 0}).has_value();
}

bool is_input(const app::Model& model, const StageView& view, const Panel& panel) {
  const auto source = app::source_at(model, {view.plan.layer, panel.slot, 0});
  return source && source->tensor == SourceCell::Tensor::input;
}

bool holds_pin(const app::Model& model, const StageView& view, const Panel& panel) {
  const auto& pinned = model.state.pinned;
  return pinned && slot_here(view, *model.trace, *pinned) == panel.slot;
}

// The cells of a straight stroke from one cell to another, in the plane that is shown.
std::vector<std::int64_t> stroke(const Planes& planes, std::int64_t from, std::int64_t to) {
  const PlaneCell a = planes.at(from), b = planes.at(to);
  const std::int64_t steps = a.plane == b.plane ? std::max(std::abs(b.row - a.row), std::abs(b.col - a.col)) : 0;
  std::vector<std::int64_t> out{to};
  for (std::int64_t i = 0; i < steps; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(steps);
    const auto between = [t](std::int64_t p, std::int64_t q) {
      return p + static_cast<std::int64_t>(std::lround(t * static_cast<double>(q - p)));
    };
    out.push_back(planes.index({a.plane, between(a.row, b.row), between(a.col, b.col)}));
  }
  return out;
}

void paint(const PanelHit& hit, const ui::GridLayout& grid, PageState& state, std::size_t i, Intents& intents) {
  const ui::HitState& pointer = hit.grid.state;
  if (pointer.clicked || pointer.drag_ended) {
    state.painted = -1;
    intents.emplace_back(app::EndGesture{});
    return;
  }
  if (!pointer.pressed) return;
  const Panel& panel = state.stage.plan.panels[i];
  int row = 0, col = 0;
  if (!grid.cell_at(pointer.pointer, &row, &col)) return;
  const std::int64_t index = panel.cell_at(state.stage.panels[i].plane, row, col);
  if (index < 0 || index == state.painted) return;
  intents.emplace_back(app::PaintInput{stroke(panel.planes, state.painted < 0 ? index : state.painted, index)});
  state.painted = index;
}

}  // namespace

std::uint32_t touch_flags(const ui::Painter& painter, const app::Model& model, const StageView& view,
                          const Panel& panel) {
  if (!is_source(model, view, panel)) return ui::kHitLongPress;
  if (model.state.brush && is_input(model, view, panel)) return ui::kHitDrag;
  // A finger drags what it has pinned, and scrolls everywhere else.
  const bool drags = !painter.frame().coarse_pointer || holds_pin(model, view, panel);
  return ui::kHitLongPress | (drags ? ui::kHitDrag : 0);
}

bool hear_touch(const PanelHit& hit, const ui::GridLayout& grid, const app::Model& model, PageState& state,
                std::size_t i, Intents& intents) {
  if (hit.index < 0) return false;
  const StageView& view = state.stage;
  const Panel& panel = view.plan.panels[i];
  const ui::HitState& pointer = hit.grid.state;
  if (model.state.brush && is_input(model, view, panel)) {
    paint(hit, grid, state, i, intents);
    return true;
  }
  const app::CellAt cell{view.plan.layer, panel.slot, hit.index};
  if (pointer.long_pressed) {
    state.menu_anchor = {pointer.pointer.x, pointer.pointer.y, 1, 1};
    intents.emplace_back(app::OpenMenu{cell});
    return true;
  }
  if (pointer.dragging) {
    const int steps = static_cast<int>(std::lround(-pointer.drag_total.y / kScrubStep));
    if (steps != state.scrubbed) intents.emplace_back(app::ScrubCell{app::name_of(model, cell), steps});
    state.scrubbed = steps;
  }
  if (pointer.drag_ended) {
    state.scrubbed = 0;
    intents.emplace_back(app::EndGesture{});
  }
  if (!pointer.clicked) return pointer.dragging || pointer.drag_ended;
  // A second click on what can be changed changes it.
  const bool again = model.state.pinned == cell && app::source_at(model, cell).has_value();
  if (again) intents.emplace_back(app::OpenField{});
  return again;
}

void find_open_cells(const app::Model& model, PageState& state, std::span<const GridPlace> places) {
  const StageView& view = state.stage;
  const auto rect_of = [&](const app::CellAt& cell) {
    const Slot slot = slot_here(view, *model.trace, cell);
    for (std::size_t i = 0; i < view.panels.size(); ++i) {
      const Panel& panel = view.plan.panels[i];
      if (slot == Slot::none || panel.slot != slot) continue;
      const auto at = panel.place_of(view.panels[i].plane, cell.index);
      if (!at || places[i].grid.rows == 0) continue;
      return places[i].visible_cell(static_cast<int>(at->row), static_cast<int>(at->col));
    }
    return ui::Rect{};
  };
  state.menu_cell = model.state.menu ? rect_of(*model.state.menu) : ui::Rect{};
  state.field_cell = model.state.field ? rect_of(model.state.field->at) : ui::Rect{};
}

void glow(ui::Painter& painter, StageView& view) {
  if (!view.glows) return;
  if (view.glow_begins) view.glow.begin(painter);
  view.glow_begins = false;
  // Without motion the mark stays until something else happens.
  const float left = painter.frame().motion ? 1 - view.glow.at(painter, ui::kGlow) : 0.8F;
  for (PanelView& panel : view.panels) {
    for (const std::int64_t cell : panel.changed) panel.cells[static_cast<std::size_t>(cell)].glow = left;
    if (left <= 0) panel.changed.clear();
  }
  view.glows = left > 0;
}

}  // namespace backstep::views
