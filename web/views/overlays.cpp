#include "web/views/overlays.h"

#include <algorithm>

#include "web/app/keys.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr float kRadius = 14;
constexpr float kPadding = 20;
constexpr float kKeysTitle = 60;  // px above the list of keys

}  // namespace

void draw_error(ui::Painter& painter, const ui::Rect& area, const app::Model& model, Intents& intents) {
  if (!model.state.error) return;
  const ui::ScopeGuard overlay(painter, ui::on_layer(painter, ui::Layer::kRaised));
  const ui::Theme& t = painter.theme();
  const std::string text = model.state.error->text();
  const ui::TextStyle style = ui::text_style(ui::TextRole::kBody);
  const float width = std::min(720.0F, area.w - 24);
  const float side = ui::control_height(painter);
  const auto lines = ui::wrap_text(text, style, width - side - 2 * kPadding);
  const std::size_t shown = std::min<std::size_t>(lines.size(), 5);
  const float height = std::max(side, ui::lines_height(shown, style)) + 20;
  const ui::Rect card{area.centre().x - width / 2, area.y + 12, width, height};
  painter.fill_rect(card, t.surface, 10);
  painter.stroke_rect(card, {t.error, 1.5F}, 10);
  ui::Rect rest{card.x + kPadding - 4, card.y, card.w - kPadding - 4, card.h};
  const ui::Rect close = ui::cut_right(rest, side);
  float y = card.centre().y - ui::lines_height(shown, style) / 2;
  for (std::size_t i = 0; i < shown; ++i) {
    const float line = ui::font_metrics(style).line_height;
    painter.text_in({rest.x, y, rest.w, line}, lines[i], style, t.error, ui::Align::kLeft);
    y += line;
  }
  if (ui::button(painter, {close.x - 4, card.centre().y - side / 2, side, side},
                 ui::icon_button("error.close", "Dismiss the message", ui::Icon::kClose))) {
    intents.push_back(app::DismissError{});
  }
}

void draw_notice(ui::Painter& painter, const ui::Rect& area, const app::Model& model) {
  const std::string& text = model.state.notice;
  if (text.empty()) return;
  const ui::ScopeGuard overlay(painter, ui::on_layer(painter, ui::Layer::kOverlay));
  const ui::Theme& t = painter.theme();
  const ui::TextStyle style = ui::text_style(ui::TextRole::kButton);
  const float width = std::min(area.w - 24, ui::text_width(text, style) + 2 * kPadding);
  const ui::Rect pill{area.centre().x - width / 2, area.bottom() - 52, width, 40};
  painter.fill_rect(pill, t.primary, 20);
  painter.text_in(pill, ui::fit_text(text, style, width - 2 * kPadding), style, t.primary_ink);
}

void draw_keys(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents) {
  if (!model.state.show_keys) return;
  const ui::ScopeGuard overlay(painter, ui::on_layer(painter, ui::Layer::kOverlay));
  const ui::Theme& t = painter.theme();
  const ui::Rect& viewport = painter.frame().viewport;
  if (painter.hit({ui::hit_id("keys.away"), viewport, "Close the list of keys", ui::HitRole::kRegion, 0}).clicked) {
    intents.push_back(app::ToggleKeys{});
  }
  painter.fill_rect(viewport, ui::faded(t.ground, 0.7F));
  const ui::TextStyle strong{ui::Face::kSansBold, 14};
  const ui::TextStyle plain{ui::Face::kSans, 14};
  const auto help = app::key_help();
  float keys = 0;
  for (const app::KeyHelp& line : help) keys = std::max(keys, ui::text_width(line.keys, strong));
  const float width = std::min(viewport.w - 24, 600.0F);
  const bool stacked = width < keys + 340;
  const float indent = stacked ? 0 : keys + 24;
  const float inner = width - 2 * kPadding;
  std::vector<float> heights;
  float all = 0;
  for (const app::KeyHelp& line : help) {
    const float lines = ui::lines_height(ui::wrap_text(line.what, plain, inner - indent).size(), plain);
    heights.push_back(lines + (stacked ? 18.0F : 0.0F) + 12);
    all += heights.back();
  }
  const float height = std::min(viewport.h - 16, kKeysTitle + all + 14);
  const ui::Rect card{viewport.centre().x - width / 2, viewport.centre().y - height / 2, width, height};
  painter.fill_rect(card, t.surface, kRadius);
  painter.stroke_rect(card, {t.hairline, 1}, kRadius);
  const ui::HitState drag =
      painter.hit({ui::hit_id("keys.card"), card, "Keys", ui::HitRole::kRegion, ui::kHitDrag | ui::kHitWheel});
  const float hidden = std::max(0.0F, kKeysTitle + all + 14 - height);
  state.keys_scroll = std::clamp(state.keys_scroll - drag.drag_delta.y + drag.wheel.y, 0.0F, hidden);
  const float side = ui::control_height(painter);
  painter.text_in({card.x + kPadding, card.y + 10, width, 40}, "Keys", ui::text_style(ui::TextRole::kTitle), t.ink,
                  ui::Align::kLeft);
  if (ui::button(painter, {card.right() - side - 8, card.y + 10, side, side},
                 ui::icon_button("keys.close", "Close", ui::Icon::kClose))) {
    intents.push_back(app::ToggleKeys{});
  }
  const ui::Rect list{card.x + 1, card.y + kKeysTitle, card.w - 2, card.h - kKeysTitle - 1};
  const ui::ScopeGuard clip(painter, ui::clipped(painter, list));
  float y = list.y - state.keys_scroll;
  for (std::size_t i = 0; i < help.size(); y += heights[i], ++i) {
    // A line that does not fit wholly comes with the next scroll: half a line cannot be read.
    if (y < list.y - 1 || y + heights[i] > list.bottom() + 1) continue;
    painter.text_in({card.x + kPadding, y, inner, 20}, help[i].keys, strong, t.ink, ui::Align::kLeft);
    const ui::Rect what{card.x + kPadding + indent, y + (stacked ? 20.0F : 0.0F), inner - indent, 0};
    ui::text_block(painter, what, help[i].what, plain, t.dim_ink);
  }
}

}  // namespace backstep::views
