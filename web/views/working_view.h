// Draws the arithmetic of a step below its grids.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

// Height to keep free: the same for all steps of a block, so that the grids do not change size between them.
float working_height(const StageView& view, const ui::Rect& area);
void draw_working(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                  Intents& intents);

}  // namespace backstep::views
