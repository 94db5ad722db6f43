#include "web/widgets/text_block.h"

#include <algorithm>

namespace backstep::ui {
namespace {

// End of the longest prefix of `text` that is no wider than `width`, at least one character.
std::size_t fitting_prefix(std::string_view text, const TextStyle& style, float width) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t next = at;
    next_code_point(text, &next);
    if (at > 0 && text_width(text.substr(0, next), style) > width) break;
    at = next;
  }
  return at;
}

void wrap_paragraph(std::string_view text, const TextStyle& style, float width, std::vector<std::string_view>* lines) {
  while (true) {
    std::size_t end = 0;  // of the line so far
    std::size_t at = 0;
    while (at <= text.size()) {
      const std::size_t space = std::min(text.find(' ', at), text.size());
      if (text_width(text.substr(0, space), style) > width) break;
      end = space;
      at = space + 1;
    }
    if (at > text.size()) {
      lines->push_back(text);
      return;
    }
    if (end == 0) end = fitting_prefix(text, style, width);
    lines->push_back(text.substr(0, end));
    text.remove_prefix(end);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    if (text.empty()) return;
  }
}

}  // namespace

std::vector<std::string_view> wrap_text(std::string_view text, const TextStyle& style, float width) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    wrap_paragraph(text.substr(0, end), style, width, &lines);
    if (end == text.size()) return lines;
    text.remove_prefix(end + 1);
  }
}

float lines_height(std::size_t lines, const TextStyle& style) {
  return static_cast<float>(lines) * font_metrics(style).line_height;
}

float text_block(Painter& painter, const Rect& rect, std::string_view text, const TextStyle& style, Colour colour,
                 Align align) {
  const FontMetrics metrics = font_metrics(style);
  const std::vector<std::string_view> lines = wrap_text(text, style, rect.w);
  const float x = align == Align::kLeft ? rect.x : align == Align::kCentre ? rect.centre().x : rect.right();
  // Half of the leading above the letters, half below.
  float baseline = rect.y + (metrics.line_height + metrics.ascent - metrics.descent) / 2;
  for (const std::string_view line : lines) {
    painter.text({x, baseline}, line, style, colour, align);
    baseline += metrics.line_height;
  }
  return lines_height(lines.size(), style);
}

std::string fit_text(std::string_view text, const TextStyle& style, float width) {
  if (text_width(text, style) <= width) return std::string(text);
  constexpr std::string_view kEllipsis = "…";
  const float room = width - text_width(kEllipsis, style);
  if (room <= 0) return {};
  std::string_view kept = text.substr(0, fitting_prefix(text, style, room));
  while (!kept.empty() && kept.back() == ' ') kept.remove_suffix(1);
  return std::string(kept) + std::string(kEllipsis);
}

void tooltip(Painter& painter, const Rect& anchor, std::span<const std::string> lines) {
  if (lines.empty()) return;
  constexpr float kPadding = 10;
  constexpr float kDistance = 8;
  constexpr float kMargin = 6;
  const Theme& theme = painter.theme();
  const TextStyle strong = text_style(TextRole::kStrong);
  const TextStyle small = text_style(TextRole::kCaption);
  float width = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) width = std::max(width, text_width(lines[i], i == 0 ? strong : small));
  const float line = font_metrics(small).line_height;
  const float first = font_metrics(strong).line_height;
  Rect card{0, 0, width + 2 * kPadding, first + line * static_cast<float>(lines.size() - 1) + 1.6F * kPadding};

  const ScopeGuard guard(painter, on_layer(painter, Layer::kOverlay));
  // Placed in absolute coordinates, or a zoomed stage would zoom its tooltips.
  Painter::Scope plain = painter.scope();
  const Rect near = painter.to_absolute(anchor);
  plain.scale = 1;
  plain.offset = {};
  const ScopeGuard unscaled(painter, plain);
  const Rect& view = painter.frame().viewport;
  card.x = std::clamp(near.centre().x - card.w / 2, kMargin, std::max(kMargin, view.w - card.w - kMargin));
  card.y = near.y - card.h - kDistance;
  if (card.y < kMargin) card.y = std::min(near.bottom() + kDistance, view.h - card.h - kMargin);
  painter.fill_rect(moved(card, {0, 2}), faded(rgb(0), theme.dark ? 0.4F : 0.07F), 9);
  painter.fill_rect(card, theme.surface, 8);
  painter.stroke_rect(card, {theme.control, 1}, 8);
  Rect rest = grown(card, -kPadding * 0.8F);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Rect row = cut_top(rest, i == 0 ? first : line);
    painter.text_in({card.x + kPadding, row.y, width, row.h}, lines[i], i == 0 ? strong : small,
                    i == 0 ? theme.ink : theme.dim_ink, Align::kLeft);
  }
}

}  // namespace backstep::ui
