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

void draw_sentence(ui::Painter& painter, const ui::Rect& area, std::string_view text) {
  const float margin = area.w < kSmall ? 16 : 28;
  const ui::Rect inner{area.x + margin, area.y + kPadding, area.w - 2 * margin, area.h - 2 * kPadding};
  ui::TextStyle style{ui::Face::kSans, first_size(area.w)};
  std::vector<std::string_view> lines;
  for (const float size : kSizes) {
    if (size > first_size(area.w)) continue;
    style.size = size;
    lines = ui::wrap_text(text, style, inner.w);
    if (static_cast<float>(lines.size()) * size * kLeading <= inner.h) break;
  }
  const float line = style.size * kLeading;
  float y = inner.y + std::max(0.0F, (inner.h - line * static_cast<float>(lines.size())) / 2);
  for (const std::string_view part : lines) {
    painter.text_in({inner.x, y, inner.w, line}, part, style, painter.theme().ink, ui::Align::kLeft);
    y += line;
  }
  painter.line({area.x, area.y}, {area.right(), area.y}, {painter.theme().hairline, 1});
}

}  // namespace backstep::views
