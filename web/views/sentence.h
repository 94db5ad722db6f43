// What this step does, in one sentence of large type: the narration.
#pragma once

#include <string_view>

#include "web/widgets/painter.h"

namespace backstep::views {

float sentence_height(float width, float viewport_height);
void draw_sentence(ui::Painter& painter, const ui::Rect& area, std::string_view text);

}  // namespace backstep::views
