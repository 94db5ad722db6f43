// Back, Next, Play, the grain and the scrubber, filled from the model.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

float transport_bar_height(const ui::Painter& painter, const ui::Rect& viewport);
void draw_transport_bar(ui::Painter& painter, const ui::Rect& area, const app::Model& model, Intents& intents);

}  // namespace backstep::views
