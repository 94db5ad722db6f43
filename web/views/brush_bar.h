// The brush that paints the input: how bright it is, and when it is put down.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

// Takes its place from the right end of the line; nothing while nobody paints.
void draw_brush_bar(ui::Painter& painter, ui::Rect& line, const app::Model& model, Intents& intents);

}  // namespace backstep::views
