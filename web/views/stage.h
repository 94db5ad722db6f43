// The operation under the cursor, in numbers. The same code draws every layer.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

void draw_stage(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                Intents& intents);

}  // namespace backstep::views
