// The formula of the step in symbols and with its numbers, the exact result, and the scale of the colours.
#pragma once

#include "web/views/page_layout.h"

namespace backstep::views {

void draw_inspector(ui::Painter& painter, const PageLayout& layout, const app::Model& model, PageState& state,
                    Intents& intents);

}  // namespace backstep::views
