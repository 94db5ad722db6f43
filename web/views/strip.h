// Draws the network map.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

inline constexpr float kStripHeight = 112;
inline constexpr float kStripLine = 34;  // folded

void draw_strip(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                Intents& intents);
// One line of layer names instead.
void draw_strip_line(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                     Intents& intents);

}  // namespace backstep::views
