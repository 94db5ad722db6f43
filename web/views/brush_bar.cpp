#include "web/views/brush_bar.h"

#include <algorithm>
#include <cmath>

#include "engine/format.h"
#include "web/app/edit_update.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr ui::TextStyle kLabel{ui::Face::kSans, 13};
constexpr ui::TextStyle kValue{ui::Face::kSansBold, 13};
constexpr float kLabelWidth = 44;
constexpr float kValueWidth = 48;
constexpr float kSlider = 120;
constexpr float kDone = 68;

}  // namespace

void draw_brush_bar(ui::Painter& painter, ui::Rect& line, const app::Model& model, Intents& intents) {
  if (!model.state.brush) return;
  const ui::Theme& t = painter.theme();
  const float value = *model.state.brush, most = app::brush_most(model);
  const float height = ui::control_height(painter);
  ui::Rect area = ui::cut_right(line, std::min(line.w, kLabelWidth + kSlider + kValueWidth + kDone + 12));
  area = {area.x, line.centre().y - height / 2, area.w, height};
  painter.text_in(ui::cut_left(area, kLabelWidth), "Brush", kLabel, t.dim_ink, ui::Align::kLeft);
  const ui::Button done{.name = "brush.done", .label = "Done", .style = ui::ButtonStyle::kPlain};
  if (ui::button(painter, ui::cut_right(area, kDone), done)) intents.emplace_back(app::SetBrush{});
  ui::cut_right(area, 12);
  painter.text_in(ui::cut_right(area, kValueWidth), format_number(static_cast<double>(value)), kValue, t.ink);
  const ui::HitState hit = painter.hit(
      {ui::hit_id("brush.value"), area, "Brush, " + format_exact(value), ui::HitRole::kSlider, ui::kHitDrag});
  const ui::Rect bar{area.x, area.centre().y - 4, area.w, 8};
  const float share = std::clamp(value / most, 0.0F, 1.0F);
  painter.fill_rect(bar, t.track, 4);
  painter.fill_rect({bar.x, bar.y, bar.w * share, bar.h}, ui::value_colour(t, value, most), 4);
  const ui::Vec2 knob{bar.x + bar.w * share, bar.centre().y};
  painter.fill_circle(knob, 9, t.ink);
  painter.fill_circle(knob, 7, ui::value_colour(t, value, most));
  if (hit.focused) ui::focus_ring(painter, area, 6);
  if (hit.pressed || hit.clicked) {
    // Whole numbers where the input has them, else hundredths of the largest.
    const float steps = most >= 2 && most == std::floor(most) && most <= 100 ? most : 100;
    const float at = std::clamp((hit.pointer.x - bar.x) / bar.w, 0.0F, 1.0F);
    const float wanted = std::round(at * steps) / steps * most;
    if (wanted != value) intents.emplace_back(app::SetBrush{wanted});
  }
  ui::cut_right(line, 16);
}

}  // namespace backstep::views
