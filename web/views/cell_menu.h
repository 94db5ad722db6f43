// What can be done with one cell: a menu on a right click, a long press or a key.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

void draw_cell_menu(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents);

}  // namespace backstep::views
