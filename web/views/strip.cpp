#include "web/views/strip.h"

#include <algorithm>

#include "engine/format.h"
#include "web/widgets/controls.h"
#include "web/widgets/heatmap.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr float kMap = 50;  // px, height of a node's maps
constexpr float kMapGap = 4;
constexpr float kArrow = 40;  // px between nodes
constexpr float kBadge = 16;  // px for the partial sign
constexpr float kTop = 12;
constexpr std::int64_t kMostPlanes = 16;
constexpr ui::TextStyle kName{ui::Face::kSans, 12.5F};
constexpr ui::TextStyle kNameBold{ui::Face::kSansBold, 12.5F};
constexpr ui::TextStyle kNote{ui::Face::kSans, 11.5F};
constexpr ui::TextStyle kPartial{ui::Face::kSerifItalic, 17};

// How the planes of a node stand: up to four in a row, then two rows.
struct MapLayout {
  int shown = 1, per_row = 1, rows = 1;
  ui::Vec2 size;  // of one map
  float width = 0;
};

MapLayout layout_maps(const Planes& planes) {
  MapLayout m;
  m.shown = static_cast<int>(std::min(planes.count, kMostPlanes));
  m.rows = m.shown > 2 ? 2 : 1;
  m.per_row = (m.shown + m.rows - 1) / m.rows;
  const float box = (kMap - kMapGap * static_cast<float>(m.rows - 1)) / static_cast<float>(m.rows);
  m.size = ui::heatmap_size(static_cast<int>(planes.rows), static_cast<int>(planes.cols), {box * 1.4F, box});
  // A few single numbers are squares of a modest size, not tiles as tall as the map.
  const float most = 22 * static_cast<float>(planes.rows);
  if (m.size.y > most) m.size = {m.size.x * most / m.size.y, most};
  m.width = static_cast<float>(m.per_row) * (m.size.x + kMapGap) - kMapGap;
  return m;
}

float text_wide(const StripNode& node) {
  return std::max(ui::text_width(node.name, kNameBold) + 6 + ui::text_width(node.detail, kName),
                  ui::text_width(node.note, kNote));
}

struct NodeLayout {
  MapLayout maps;
  float width = 0;
  bool gradient = false;
};

NodeLayout layout_node(const StripNode& node, bool backward) {
  NodeLayout out;
  out.maps = layout_maps(node.planes);
  out.gradient = backward && node.gradient != Slot::none;
  out.width = std::max(text_wide(node), out.maps.width + (out.gradient ? kBadge + out.maps.width : 0));
  return out;
}

// The maps of one tensor; true when clicked.
bool draw_maps(ui::Painter& painter, ui::Vec2 at, const MapLayout& m, const app::Model& model, const StripView& strip,
               const StripNode& node, Slot slot, bool current) {
  const Tensor* tensor = model.trace->tensor(node.layer, slot);
  if (!tensor) return false;
  const auto cells = static_cast<std::size_t>(node.planes.cells());
  const std::int64_t known = model.known(node.layer, slot);
  const float height = static_cast<float>(m.rows) * (m.size.y + kMapGap) - kMapGap;
  const ui::Vec2 origin{at.x, at.y + (kMap - height) / 2};
  const ui::Rect all{origin.x, origin.y, m.width, height};
  const bool gradient = slot == node.gradient;
  const std::string label = "Go to " + node.name + (gradient ? ", gradient" : "");
  const std::string name = "strip." + node.name + (gradient ? ".gradient" : "");
  const ui::HitState hit = painter.hit({ui::hit_id(name), ui::grown(all, 4), label, ui::HitRole::kImage, 0});
  for (int i = 0; i < m.shown; ++i) {
    ui::Heatmap map;
    map.image.key = ui::hit_id(name, static_cast<std::uint64_t>(i) + 1);
    map.image.version = strip.version;
    map.image.values = std::span(tensor->data).subspan(static_cast<std::size_t>(i) * cells, cells);
    map.image.h = static_cast<int>(node.planes.rows);
    map.image.w = static_cast<int>(node.planes.cols);
    map.image.scale = gradient ? node.gradient_scale : node.scale;
    map.image.known = std::clamp<std::int64_t>(known - i * node.planes.cells(), 0, node.planes.cells());
    const ui::Rect box{origin.x + static_cast<float>(i % m.per_row) * (m.size.x + kMapGap),
                       origin.y + static_cast<float>(i / m.per_row) * (m.size.y + kMapGap), m.size.x, m.size.y};
    ui::heatmap(painter, box, map);
  }
  const ui::Theme& t = painter.theme();
  if (current || hit.hovered) painter.stroke_rect(ui::grown(all, 4), {t.ink, current ? 1.8F : 1.0F}, 5);
  if (hit.focused) ui::focus_ring(painter, all, 5);
  return hit.clicked;
}

void draw_node(ui::Painter& painter, ui::Vec2 at, const NodeLayout& layout, const app::Model& model, PageState& state,
               const StripNode& node, bool current, bool current_gradient, Intents& intents) {
  const ui::Theme& t = painter.theme();
  const float maps = layout.maps.width + (layout.gradient ? kBadge + layout.maps.width : 0);
  ui::Vec2 top{at.x + (layout.width - maps) / 2, at.y};
  if (draw_maps(painter, top, layout.maps, model, state.strip, node, node.slot, current && !current_gradient)) {
    intents.push_back(app::Seek{node.go_value, -1});
  }
  if (layout.gradient) {
    top.x += layout.maps.width;
    painter.text_in({top.x, top.y, kBadge, kMap}, "∂", kPartial, t.dim_ink);
    top.x += kBadge;
    if (draw_maps(painter, top, layout.maps, model, state.strip, node, node.gradient, current_gradient) &&
        node.go_gradient >= 0) {
      intents.push_back(app::Seek{node.go_gradient, -1});
    }
  }
  const ui::TextStyle name = current ? kNameBold : kName;
  const float gap = node.detail.empty() ? 0 : 6;
  const float name_width = ui::text_width(node.name, name);
  const float width = name_width + gap + ui::text_width(node.detail, kName);
  const float x = at.x + (layout.width - width) / 2;
  const ui::Rect line{x, at.y + kMap + 10, width, 14};
  painter.text_in(line, node.name, name, current ? t.ink : t.dim_ink, ui::Align::kLeft);
  painter.text_in({x + name_width + gap, line.y, width, line.h}, node.detail, kName, t.dim_ink, ui::Align::kLeft);
  std::string note = node.note;
  if (node.slot == Slot::value && model.known(node.layer, Slot::value) > 0) {
    note = format_number(static_cast<double>(model.trace->loss().value[0]));
  }
  painter.text_in({at.x, line.y + 17, layout.width, 14}, note, kNote, t.dim_ink);
}

// Keeps the current node in sight whenever it changes; the reader may look elsewhere meanwhile.
void follow(PageState& state, int node, float left, float right, float width) {
  if (state.strip.current == node) return;
  state.strip.current = node;
  if (left - kArrow < state.strip_scroll) state.strip_scroll = left - kArrow;
  if (right + kArrow > state.strip_scroll + width) state.strip_scroll = right + kArrow - width;
}

}  // namespace

void draw_strip(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                Intents& intents) {
  refresh(state.strip, model);
  const ui::Theme& t = painter.theme();
  painter.line({area.x, area.bottom()}, {area.right(), area.bottom()}, {t.hairline, 1});
  ui::Rect inner = area;
  const ui::Rect fold = ui::cut_right(inner, 44);
  if (ui::button(painter, {fold.x, fold.centre().y - 18, 36, 36},
                 {.name = "strip.fold",
                  .label = "Fold the network map",
                  .style = ui::ButtonStyle::kQuiet,
                  .icon = ui::Icon::kClose,
                  .icon_only = true})) {
    intents.push_back(app::ToggleStrip{});
  }
  const bool backward = model.step() >= state.strip.backward;
  std::vector<NodeLayout> layouts;
  float total = 0;
  for (const StripNode& node : state.strip.nodes) {
    layouts.push_back(layout_node(node, backward));
    total += layouts.back().width + kArrow;
  }
  total -= kArrow;
  constexpr float kMargin = 28;
  const float most = std::max(0.0F, total + 2 * kMargin - inner.w);
  const ui::HitState drag = painter.hit(
      {ui::hit_id("strip"), inner, "Network map", ui::HitRole::kRegion, most > 0 ? ui::kHitDrag | ui::kHitWheel : 0});
  state.strip_scroll -= drag.drag_delta.x + drag.wheel.x + drag.wheel.y;
  const StripPlace place = place_of_step(state.strip, model);
  float x = 0;
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    if (static_cast<int>(i) == place.node) follow(state, place.node, x, x + layouts[i].width, inner.w - 2 * kMargin);
    x += layouts[i].width + kArrow;
  }
  state.strip_scroll = std::clamp(state.strip_scroll, 0.0F, most);
  const ui::ScopeGuard guard(painter, ui::clipped(painter, inner));
  ui::Vec2 at{inner.x + kMargin - state.strip_scroll, inner.y + kTop};
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    const bool current = static_cast<int>(i) == place.node;
    const ui::Rect box{at.x - 6, inner.y, layouts[i].width + 12, inner.h};
    if (painter.visible(box)) {
      draw_node(painter, at, layouts[i], model, state, state.strip.nodes[i], current, current && place.gradient,
                intents);
    }
    at.x += layouts[i].width;
    if (i + 1 < layouts.size()) {
      painter.arrow({at.x + 11, at.y + kMap / 2}, {at.x + kArrow - 11, at.y + kMap / 2}, {t.dim_ink, 1.2F}, 5);
      at.x += kArrow;
    }
  }
}

void draw_strip_line(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                     Intents& intents) {
  refresh(state.strip, model);
  const ui::Theme& t = painter.theme();
  const ui::HitState hit =
      painter.hit({ui::hit_id("strip.line"), area, "Show the network map", ui::HitRole::kButton, 0});
  if (hit.hovered) painter.fill_rect(area, t.hover);
  if (hit.clicked) intents.push_back(app::ToggleStrip{});
  painter.line({area.x, area.bottom()}, {area.right(), area.bottom()}, {t.hairline, 1});
  const StripPlace place = place_of_step(state.strip, model);
  const float margin = area.w < 620 ? 16 : 28;
  const std::string steps = std::to_string(model.step() + 1) + " of " + std::to_string(model.steps());
  ui::Rect rest{area.x + margin, area.y, area.w - 2 * margin, area.h};
  painter.text_in(rest, steps, kName, t.dim_ink, ui::Align::kRight);
  ui::cut_right(rest, ui::text_width(steps, kName) + 16);
  float total = 0;
  const float arrow = ui::text_width("→", kName) + 12;
  for (const StripNode& node : state.strip.nodes) total += ui::text_width(node.name, kNameBold) + arrow;
  const bool all = total - arrow <= rest.w;
  for (std::size_t i = 0; i < state.strip.nodes.size(); ++i) {
    const bool current = static_cast<int>(i) == place.node;
    if (!all && !current) continue;
    const ui::TextStyle style = current ? kNameBold : kName;
    std::string name = state.strip.nodes[i].name;
    if (current && place.gradient) name = "∂ " + name;
    painter.text_in(ui::cut_left(rest, ui::text_width(name, style)), name, style, current ? t.ink : t.dim_ink,
                    ui::Align::kLeft);
    if (all && i + 1 < state.strip.nodes.size()) painter.text_in(ui::cut_left(rest, arrow), "→", kName, t.dim_ink);
  }
}

}  // namespace backstep::views
