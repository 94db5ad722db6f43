#include "web/views/sentence.h"

#include <algorithm>

#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr float kSizes[] = {21, 19, 17.5F, 16, 15, 14, 13};  // px; longer sentences are set smaller
constexpr float kLeading = 1.36F;
constexpr float kLarge = 1000;  // px of width from which the largest size is used
constexpr float kSmall = 620;
constexpr float kLow = 520;    // px of height below which little is left for the sentence
constexpr float kPadding = 3;  // px above and below

float first_size(float width) { return width >= kLarge ? 21.0F : width >= kSmall ? 19.0F : 17.5F; }

}  // namespace

float sentence_height(float width, float viewport_height) {
  if (viewport_height < kLow) return 60;
  return width >= kSmall ? 80 : 96;
}

SetText set_text(std::string_view text, ui::Vec2 room, float largest) {
  SetText out;
  for (const float size : kSizes) {
    if (size > largest) continue;
    out.style = {ui::Face::kSans, size};
    out.line_height = size * kLeading;
    out.lines = ui::wrap_text(text, out.style, room.x);
    if (out.height() <= room.y) break;
  }
  return out;
}

void draw_text(ui::Painter& painter, const ui::Rect& area, const SetText& text) {
  float y = area.y;
  for (const std::string_view part : text.lines) {
    painter.text_in({area.x, y, area.w, text.line_height}, part, text.style, painter.theme().ink, ui::Align::kLeft);
    y += text.line_height;
  }
}

void draw_sentence(ui::Painter& painter, const ui::Rect& area, std::string_view text) {
  const float margin = area.w < kSmall ? 16 : 28;
  ui::Rect inner{area.x + margin, area.y + kPadding, area.w - 2 * margin, area.h - 2 * kPadding};
  const SetText set = set_text(text, {inner.w, inner.h}, first_size(area.w));
  inner.y += std::max(0.0F, (inner.h - set.height()) / 2);
  draw_text(painter, inner, set);
  painter.line({area.x, area.y}, {area.right(), area.y}, {painter.theme().hairline, 1});
}

}  // namespace backstep::views
