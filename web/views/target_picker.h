// Which class counts as right: a small button with a menu, beside the loss.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

// Width it wants; 0 where there is no target class.
float target_picker_width(const app::Model& model);
// `name` tells several of them apart; only one has its menu open.
void draw_target_picker(ui::Painter& painter, const ui::Rect& area, std::string_view name, const app::Model& model,
                        PageState& state, Intents& intents);

}  // namespace backstep::views
