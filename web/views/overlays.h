// What lies over the page: the message of an error, and the list of keys.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

void draw_error(ui::Painter& painter, const ui::Rect& area, const app::Model& model, Intents& intents);
// What came of an errand, for as long as nothing else happens.
void draw_notice(ui::Painter& painter, const ui::Rect& area, const app::Model& model);
void draw_keys(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents);

}  // namespace backstep::views
