// The bar at the top: the product's name, the scenes, and what changes the view.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

void draw_header(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                 Intents& intents);

}  // namespace backstep::views
