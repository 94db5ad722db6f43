#include "web/views/target_picker.h"

#include <algorithm>

#include "web/app/mirror.h"
#include "web/views/menu.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr ui::TextStyle kLabel{ui::Face::kSans, 13};
constexpr ui::TextStyle kValue{ui::Face::kSansBold, 13};
constexpr float kChevron = 20;
constexpr float kPadding = 12;
constexpr float kWidestName = 120;
constexpr std::string_view kTitle = "target ";

std::string target_name(const app::Model& model) {
  const std::vector<std::string> names = app::class_names(model);
  const auto target = static_cast<std::size_t>((*model.state.scene.problem.classes)[0]);
  return ui::fit_text(target < names.size() ? names[target] : std::to_string(target), kValue, kWidestName);
}

}  // namespace

float target_picker_width(const app::Model& model) {
  if (!model.trace || !model.state.scene.problem.classes || model.state.scene.problem.classes->empty()) return 0;
  return ui::text_width(kTitle, kLabel) + ui::text_width(target_name(model), kValue) + kChevron + 2 * kPadding;
}

void draw_target_picker(ui::Painter& painter, const ui::Rect& area, std::string_view name, const app::Model& model,
                        PageState& state, Intents& intents) {
  const ui::Theme& t = painter.theme();
  const std::string value = target_name(model);
  const bool open = state.target_open == name;
  const ui::HitState hit = painter.hit(
      {ui::hit_id(name), area, "Target class: " + value, ui::HitRole::kButton, open ? ui::kHitSelected : 0});
  painter.fill_rect(area, hit.hovered || open ? t.hover : t.surface, 9);
  painter.stroke_rect(area, {t.control, 1}, 9);
  if (hit.focused) ui::focus_ring(painter, area, 9);
  ui::Rect text{area.x + kPadding, area.y, area.w - 2 * kPadding, area.h};
  painter.text_in(ui::cut_left(text, ui::text_width(kTitle, kLabel)), kTitle, kLabel, t.dim_ink, ui::Align::kLeft);
  painter.text_in(text, value, kValue, t.ink, ui::Align::kLeft);
  const ui::Vec2 tip{area.right() - 15, area.centre().y + 2.5F};
  const ui::Vec2 chevron[] = {{tip.x - 4.5F, tip.y - 4.5F}, tip, {tip.x + 4.5F, tip.y - 4.5F}};
  painter.polyline(chevron, {t.dim_ink, 1.6F});
  if (hit.clicked) {
    state.target_open = open ? "" : std::string(name);
    painter.request_frame();
  }
  if (!open) return;
  std::vector<MenuItem> items;
  const std::vector<std::string> names = app::class_names(model);
  const std::int32_t target = (*model.state.scene.problem.classes)[0];
  for (std::size_t i = 0; i < names.size(); ++i) {
    items.push_back({names[i], "", static_cast<std::int32_t>(i) == target, false});
  }
  const int chosen = draw_menu(painter, area, "target.menu", items, true);
  if (chosen == kMenuNothing) return;
  state.target_open.clear();
  painter.request_frame();
  if (chosen >= 0) intents.push_back(app::SetTarget{chosen});
}

}  // namespace backstep::views
