// Hands on the stage's numbers: a drag changes a cell, the brush paints the input, a press opens menus and fields.
#pragma once

#include "web/views/page_state.h"
#include "web/views/panel_view.h"
#include "web/widgets/painter.h"

namespace backstep::views {

// What a press on the panel's cells may be beside a click: flags of their hit areas.
std::uint32_t touch_flags(const ui::Painter& painter, const app::Model& model, const StageView& view,
                          const Panel& panel);

// True when the pointer's business with this panel is a drag, a stroke or a menu, and no click.
bool hear_touch(const PanelHit& hit, const ui::GridLayout& grid, const app::Model& model, PageState& state,
                std::size_t panel, Intents& intents);

// Where the cells stand whose menu or field is open.
void find_open_cells(const app::Model& model, PageState& state, std::span<const GridPlace> places);

// The glow of numbers that an edit has just changed.
void glow(ui::Painter& painter, StageView& view);

}  // namespace backstep::views
