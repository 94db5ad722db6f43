// The network map folded to one line: the way through the layers, and where on it this step is.
#include <algorithm>
#include <array>

#include "web/views/menu.h"
#include "web/views/strip.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_block.h"
#include "web/widgets/transport.h"

namespace backstep::views {
namespace {

constexpr ui::TextStyle kName{ui::Face::kSans, 13};
constexpr ui::TextStyle kNameBold{ui::Face::kSansBold, 13};
constexpr float kArrow = 28;
constexpr float kChevron = 18;

std::string part_prefix(StripPlace::Part part) {
  const bool gradient = part == StripPlace::Part::gradient || part == StripPlace::Part::weight_gradient;
  return gradient ? "∂ " : "";
}

// On a phone the grain has no row of its own: a menu at the end of the line.
void draw_grain_menu(ui::Painter& painter, const ui::Rect& box, const app::Model& model, PageState& state,
                     Intents& intents) {
  const ui::Theme& t = painter.theme();
  const std::string now = grain_name(model.cursor().grain);
  const ui::HitState hit = painter.hit({ui::hit_id("strip.grain"), box, "Step by " + now, ui::HitRole::kButton,
                                        state.grain_open ? ui::kHitSelected : 0});
  if (hit.hovered || state.grain_open) painter.fill_rect(ui::grown(box, -4), t.hover, 8);
  if (hit.focused) ui::focus_ring(painter, ui::grown(box, -4), 8);
  painter.text_in({box.x + 12, box.y, box.w - 24 - kChevron, box.h}, now, kName, t.ink, ui::Align::kLeft);
  const ui::Vec2 tip{box.right() - 18, box.centre().y + 2.5F};
  const ui::Vec2 chevron[] = {{tip.x - 4.5F, tip.y - 4.5F}, tip, {tip.x + 4.5F, tip.y - 4.5F}};
  painter.polyline(chevron, {t.dim_ink, 1.6F});
  if (hit.clicked) {
    state.grain_open = !state.grain_open;
    painter.request_frame();
  }
  if (!state.grain_open) return;
  std::vector<MenuItem> items;
  for (const Grain grain : {Grain::product, Grain::cell, Grain::channel, Grain::layer}) {
    items.push_back({"Step by " + std::string(grain_name(grain)), "", grain == model.cursor().grain, false});
  }
  const int chosen = draw_menu(painter, box, "strip.grain.menu", items, true);
  if (chosen == kMenuNothing) return;
  state.grain_open = false;
  painter.request_frame();
  if (chosen >= 0) intents.push_back(app::SetGrain{static_cast<Grain>(chosen)});
}

// Where the map would stand beside the stage, a phone has a list of the layers to go to.
void draw_layer_menu(ui::Painter& painter, const ui::Rect& box, const app::Model& model, PageState& state,
                     Intents& intents) {
  std::vector<MenuItem> items;
  std::vector<std::int64_t> steps;
  const Block* last = nullptr;
  const Block& here = model.trace->steps().block_of(model.step());
  for (const Block& block : model.trace->steps().blocks()) {
    const bool same =
        last && last->phase == block.phase && (last->layer == block.layer || block.phase == Phase::update);
    last = &block;
    if (same) continue;
    const std::string name(model.trace->net().name_of(block.layer));
    const bool update = block.phase == Phase::update;
    const bool chosen = block.phase == here.phase && (update || block.layer == here.layer);
    items.push_back({update ? "update" : (block.phase == Phase::backward ? "∂ " : "") + name, phase_name(block.phase),
                     chosen, false});
    steps.push_back(block.first);
  }
  const int chosen = draw_menu(painter, box, "strip.layers", items, false);
  if (chosen == kMenuNothing) return;
  state.layers_open = false;
  painter.request_frame();
  if (chosen >= 0) intents.push_back(app::Seek{steps[static_cast<std::size_t>(chosen)], -1});
}

}  // namespace

void draw_strip_line(ui::Painter& painter, const ui::Rect& area, bool grain, const app::Model& model, PageState& state,
                     Intents& intents) {
  refresh(state.strip, model);
  const ui::Theme& t = painter.theme();
  const float margin = area.w < 620 ? 16 : 28;
  ui::Rect rest{area.x + margin, area.y, area.w - 2 * margin, area.h};
  if (grain) {
    rest.w += 12;
    const float width = ui::text_width(grain_name(model.cursor().grain), kName) + 24 + kChevron;
    draw_grain_menu(painter, ui::cut_right(rest, width), model, state, intents);
  }
  const ui::Rect way{area.x, area.y, rest.right() - area.x, area.h};
  const ui::HitState hit =
      painter.hit({ui::hit_id("strip.line"), way, state.strip_opens ? "Show the network map" : "Go to a layer",
                   ui::HitRole::kButton, 0});
  if (hit.hovered) painter.fill_rect(way, t.hover);
  if (hit.focused) painter.stroke_rect(ui::grown(way, -2), {t.focus, 2}, 4);
  if (hit.clicked && state.strip_opens) {
    intents.push_back(app::ToggleStrip{});
  } else if (hit.clicked) {
    state.layers_open = !state.layers_open;
    painter.request_frame();
  }
  if (state.layers_open) draw_layer_menu(painter, way, model, state, intents);
  if (grain) {
    const std::string steps = "step " + std::to_string(model.step()) + " of " + std::to_string(model.steps());
    painter.text_in(rest, steps, kName, t.dim_ink, ui::Align::kRight);
    ui::cut_right(rest, ui::text_width(steps, kName) + 16);
  }
  const StripPlace place = place_of_step(state.strip, model);
  float total = 0;
  for (const StripNode& node : state.strip.nodes) total += ui::text_width(node.name, kNameBold) + kArrow;
  const bool all = total + 10 <= rest.w;
  if (!all) {
    const Block& block = model.trace->steps().block_of(model.step());
    std::string name(model.trace->net().name_of(block.layer));
    if (block.phase == Phase::backward) name = "∂ " + name;
    if (block.phase == Phase::update) name += ", update";
    painter.text_in(rest, name, kNameBold, t.ink, ui::Align::kLeft);
  }
  for (std::size_t i = 0; i < state.strip.nodes.size(); ++i) {
    const bool current = static_cast<int>(i) == place.node;
    if (!all) continue;
    const ui::TextStyle style = current ? kNameBold : kName;
    std::string name = state.strip.nodes[i].name;
    if (current) name = part_prefix(place.part) + name;
    painter.text_in(ui::cut_left(rest, ui::text_width(name, style)), name, style, current ? t.ink : t.dim_ink,
                    ui::Align::kLeft);
    if (all && i + 1 < state.strip.nodes.size()) painter.text_in(ui::cut_left(rest, kArrow), "→", kName, t.dim_ink);
  }
}

}  // namespace backstep::views
