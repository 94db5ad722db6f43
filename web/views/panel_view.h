// One tensor of the stage: caption, planes to choose from, the grid with its marks.
#pragma once

#include "web/views/stage_layout.h"
#include "web/views/stage_view.h"
#include "web/widgets/painter.h"

namespace backstep::views {

struct PanelContext {
  const app::Model& model;
  const StageView& view;
  bool indices = false;
  bool introduces = false;  // captions say what a tensor is
  float digits = 0;
  std::uint32_t flags = 0;  // of its cells' hit areas
  float least_digits = 0;   // px; smaller ones are left out
};

struct PanelHit {
  ui::GridHit grid;
  std::int64_t index = -1;  // flat index of the cell that the pointer is on; -1: none
  int thumbnail = -1;       // clicked
};

GridWish wish_of(const StageView& view, std::size_t panel);
void draw_caption(ui::Painter& painter, const GridPlace& place, const PanelContext& context, std::size_t panel);
// The sign between it and the panel before.
void draw_sign(ui::Painter& painter, const GridPlace& place, const Panel& panel);
PanelHit draw_panel(ui::Painter& painter, const GridPlace& place, const PanelContext& context, std::size_t panel);

// Digits for this panel in cells of this size, worked out once for the whole tensor.
const ui::DigitFit& digit_fit(StageView& view, std::size_t panel, const ui::GridLayout& grid);

}  // namespace backstep::views
