#include "web/views/menu.h"

#include <algorithm>

#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr ui::TextStyle kItem{ui::Face::kSans, 15};
constexpr ui::TextStyle kChosen{ui::Face::kSansBold, 15};
constexpr ui::TextStyle kNote{ui::Face::kSans, 13};
constexpr float kPadding = 16;
constexpr float kBorder = 6;
constexpr float kRadius = 12;
constexpr float kMargin = 8;  // to the viewport

void shade(ui::Painter& painter, const ui::Rect& card) {
  const ui::Theme& t = painter.theme();
  for (int ring = 3; ring > 0; --ring) {
    const auto by = static_cast<float>(ring) * 3;
    painter.fill_rect(ui::moved(ui::grown(card, by), {0, by}), ui::faded(t.dark_ink, t.dark ? 0.16F : 0.035F),
                      kRadius + by);
  }
}

}  // namespace

int draw_menu(ui::Painter& painter, const ui::Rect& anchor, std::string_view name, std::span<const MenuItem> items,
              bool right_aligned) {
  const ui::ScopeGuard overlay(painter, ui::on_layer(painter, ui::Layer::kOverlay));
  const ui::Theme& t = painter.theme();
  const ui::Rect& viewport = painter.frame().viewport;
  const float row = painter.frame().coarse_pointer ? 46.0F : 38.0F;
  float width = 160;
  for (const MenuItem& item : items) {
    const float note = item.note.empty() ? 0 : 20 + ui::text_width(item.note, kNote);
    width = std::max(width, ui::text_width(item.label, kChosen) + note + 2 * kPadding);
  }
  width = std::min(width + 2 * kBorder, viewport.w - 2 * kMargin);
  const float height = static_cast<float>(items.size()) * row + 2 * kBorder;
  const float x = right_aligned ? anchor.right() - width : anchor.x;
  const ui::Rect card{std::clamp(x, kMargin, viewport.w - width - kMargin),
                      std::min(anchor.bottom() + 6, std::max(kMargin, viewport.h - height - kMargin)), width, height};

  const std::string away = std::string(name) + ".away";
  int result = painter.hit({ui::hit_id(away), viewport, "Close the menu", ui::HitRole::kRegion, 0}).clicked
                   ? kMenuClosed
                   : kMenuNothing;
  shade(painter, card);
  painter.fill_rect(card, t.surface, kRadius);
  painter.stroke_rect(card, {t.hairline, 1}, kRadius);
  ui::Rect rest{card.x + kBorder, card.y + kBorder, card.w - 2 * kBorder, card.h - 2 * kBorder};
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ui::Rect line = ui::cut_top(rest, row);
    const MenuItem& item = items[i];
    const std::uint32_t flags = (item.chosen ? ui::kHitSelected : 0) | (item.disabled ? ui::kHitDisabled : 0);
    const ui::HitState state = painter.hit({ui::hit_id(name, i + 1), line, item.label, ui::HitRole::kOption, flags});
    if (state.hovered) painter.fill_rect(line, t.hover, kRadius - kBorder);
    if (item.rule_before) painter.line({line.x, line.y}, {line.right(), line.y}, {t.hairline, 1});
    if (state.focused) painter.stroke_rect(line, {t.focus, 2}, kRadius - kBorder);
    ui::Rect text{line.x + kPadding - kBorder, line.y, line.w - 2 * (kPadding - kBorder), line.h};
    painter.text_in(text, item.note, kNote, t.dim_ink, ui::Align::kRight);
    ui::cut_right(text, item.note.empty() ? 0 : ui::text_width(item.note, kNote) + 12);
    const ui::TextStyle style = item.chosen ? kChosen : kItem;
    painter.text_in(text, ui::fit_text(item.label, style, text.w), style, item.disabled ? t.dim_ink : t.ink,
                    ui::Align::kLeft);
    if (state.clicked) result = static_cast<int>(i);
  }
  return result;
}

}  // namespace backstep::views
