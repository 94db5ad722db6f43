#include "web/views/overlays.h"

#include <algorithm>

#include "web/app/keys.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr float kRadius = 14;
constexpr float kPadding = 20;

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
                 {.name = "error.close",
                  .label = "Dismiss the message",
                  .style = ui::ButtonStyle::kQuiet,
                  .icon = ui::Icon::kClose,
                  .icon_only = true})) {
    intents.push_back(app::DismissError{});
  }
}

void draw_keys(ui::Painter& painter, const app::Model& model, Intents& intents) {
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
  const bool stacked = viewport.w < 560;
  const float row = std::min(stacked ? 46.0F : 34.0F, (viewport.h - 90) / static_cast<float>(help.size()));
  const float width = std::min(viewport.w - 24, stacked ? 360.0F : 560.0F);
  const float height = std::min(viewport.h - 16, 64 + row * static_cast<float>(help.size()) + 12);
  const ui::Rect card{viewport.centre().x - width / 2, viewport.centre().y - height / 2, width, height};
  painter.fill_rect(card, t.surface, kRadius);
  painter.stroke_rect(card, {t.hairline, 1}, kRadius);
  painter.hit({ui::hit_id("keys.card"), card, "Keys", ui::HitRole::kRegion, 0});
  const float side = ui::control_height(painter);
  painter.text_in({card.x + kPadding, card.y + 10, width, 40}, "Keys", ui::text_style(ui::TextRole::kTitle), t.ink,
                  ui::Align::kLeft);
  if (ui::button(painter, {card.right() - side - 8, card.y + 10, side, side},
                 {.name = "keys.close",
                  .label = "Close",
                  .style = ui::ButtonStyle::kQuiet,
                  .icon = ui::Icon::kClose,
                  .icon_only = true})) {
    intents.push_back(app::ToggleKeys{});
  }
  float y = card.y + 58;
  for (const app::KeyHelp& line : help) {
    ui::Rect rest{card.x + kPadding, y, width - 2 * kPadding, row};
    if (stacked && row > 36) {
      painter.text_in({rest.x, y + 2, rest.w, 20}, line.keys, strong, t.ink, ui::Align::kLeft);
      painter.text_in({rest.x, y + 22, rest.w, 18}, ui::fit_text(line.what, plain, rest.w), plain, t.dim_ink,
                      ui::Align::kLeft);
    } else {
      painter.text_in(ui::cut_left(rest, keys + 24), line.keys, strong, t.ink, ui::Align::kLeft);
      painter.text_in(rest, ui::fit_text(line.what, plain, rest.w), plain, t.dim_ink, ui::Align::kLeft);
    }
    y += row;
  }
}

}  // namespace backstep::views
