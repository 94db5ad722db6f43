// Draws the network map.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

inline constexpr float kStripHeight = 114;
inline constexpr float kStripLine = 36;       // folded
inline constexpr float kStripTouchLine = 44;  // folded, on a phone

void draw_strip(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                Intents& intents);
// One line of layer names instead; with `grain` the choice of the grain stands at its end.
void draw_strip_line(ui::Painter& painter, const ui::Rect& area, bool grain, const app::Model& model, PageState& state,
                     Intents& intents);

}  // namespace backstep::views
