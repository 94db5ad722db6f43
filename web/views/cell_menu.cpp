#include "web/views/cell_menu.h"

#include "engine/notation.h"
#include "web/views/menu.h"

namespace backstep::views {
namespace {

// The slot of the gradient with respect to what a slot holds.
Slot gradient_of(Slot slot) {
  switch (slot) {
    case Slot::x: return Slot::dx;
    case Slot::y: return Slot::dy;
    case Slot::w: return Slot::dw;
    case Slot::b: return Slot::db;
    default: return Slot::none;
  }
}

// The step that computes a cell as a layer sees it, or -1 where it is given.
std::int64_t step_of(const Trace& trace, int layer, Slot slot, std::int64_t index) {
  const Block* block = slot == Slot::none ? nullptr : trace.steps().producer(layer, slot);
  return block && index < block->count ? block->first + index : -1;
}

}  // namespace

void open_cell_menu(PageState& state, const app::CellAt& cell, const ui::Rect& anchor) {
  state.cell_menu = cell;
  state.cell_menu_anchor = anchor;
}

void draw_cell_menu(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents) {
  if (!state.cell_menu || !model.trace) return;
  const app::CellAt cell = *state.cell_menu;
  const Trace& trace = *model.trace;
  std::vector<MenuItem> items;
  std::vector<app::Intent> acts;
  const std::int64_t step = step_of(trace, cell.layer, cell.slot, cell.index);
  if (step >= 0 && step != model.step()) {
    items.push_back({"Go to the step that computes it", trace.steps().name(step)});
    acts.emplace_back(app::Seek{step, -1});
  }
  const std::int64_t gradient = step_of(trace, cell.layer, gradient_of(cell.slot), cell.index);
  if (gradient >= 0 && gradient != model.step()) {
    items.push_back({"Go to its gradient", trace.steps().name(gradient)});
    acts.emplace_back(app::Seek{gradient, -1});
  }
  items.push_back({model.state.pinned == cell ? "Unpin" : "Pin what it is related to"});
  acts.emplace_back(app::Pin{cell});
  const int chosen = draw_menu(painter, state.cell_menu_anchor, "cell.menu", items, false);
  if (chosen == kMenuNothing) return;
  state.cell_menu.reset();
  painter.request_frame();
  if (chosen >= 0) intents.push_back(acts[static_cast<std::size_t>(chosen)]);
}

}  // namespace backstep::views
