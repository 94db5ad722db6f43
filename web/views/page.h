// The whole page of one model, drawn through a painter; what the reader does comes back as intents.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

void draw_page(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents);

}  // namespace backstep::views
