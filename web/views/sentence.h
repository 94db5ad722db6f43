// What this step does, in one sentence of large type: the narration.
#pragma once

#include <string_view>
#include <vector>

#include "web/widgets/painter.h"

namespace backstep::views {

float sentence_height(float width, float viewport_height);

// Text as large as its room lets it be, `largest` px at most; lines beyond the room are there too.
struct SetText {
  ui::TextStyle style;
  std::vector<std::string_view> lines;
  float line_height = 0;

  float height() const { return line_height * static_cast<float>(lines.size()); }
};
SetText set_text(std::string_view text, ui::Vec2 room, float largest);
void draw_text(ui::Painter& painter, const ui::Rect& area, const SetText& text);

void draw_sentence(ui::Painter& painter, const ui::Rect& area, std::string_view text);

}  // namespace backstep::views
