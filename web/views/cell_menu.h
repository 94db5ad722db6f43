// What can be done with one cell: a menu on a right click or a long press.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

// Opens the menu for a cell, at the place that was pressed.
void open_cell_menu(PageState& state, const app::CellAt& cell, const ui::Rect& anchor);
void draw_cell_menu(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents);

}  // namespace backstep::views
