#include "web/views/strip_maps.h"

#include <algorithm>

#include "web/widgets/controls.h"
#include "web/widgets/heatmap.h"

namespace backstep::views {
namespace {

constexpr float kGap = 4;

// Colours would tell what is to be predicted: a map ends before its first covered cell.
std::int64_t shown_cells(const app::Model& model, const StripMap& map) {
  const std::int64_t known = model.known(map.layer, map.slot);
  if (model.state.scene.covers.empty()) return known;
  for (std::int64_t i = 0; i < known; ++i) {
    if (model.covered(map.layer, map.slot, i)) return i;
  }
  return known;
}

}  // namespace

MapLayout layout_maps(const StripMap& map, float height, float cell, int most_planes, float widest) {
  MapLayout m;
  if (map.slot == Slot::none) return m;
  m.shown = static_cast<int>(std::min<std::int64_t>(map.planes.count, most_planes));
  m.rows = m.shown > 2 ? 2 : 1;
  m.per_row = (m.shown + m.rows - 1) / m.rows;
  const float box = (height - kGap * static_cast<float>(m.rows - 1)) / static_cast<float>(m.rows);
  m.size = ui::heatmap_size(static_cast<int>(map.planes.rows), static_cast<int>(map.planes.cols), {box * widest, box});
  const float most = cell * static_cast<float>(map.planes.rows);
  if (m.size.y > most) m.size = {m.size.x * most / m.size.y, most};
  m.width = static_cast<float>(m.per_row) * (m.size.x + kGap) - kGap;
  m.height = static_cast<float>(m.rows) * (m.size.y + kGap) - kGap;
  return m;
}

bool draw_maps(ui::Painter& painter, ui::Vec2 top_left, const MapLayout& m, const app::Model& model,
               const StripView& strip, const StripMap& map, std::string_view name, std::string_view label,
               bool current) {
  const Tensor* tensor = map.slot == Slot::none ? nullptr : model.trace->tensor(map.layer, map.slot);
  if (!tensor) return false;
  const auto cells = static_cast<std::size_t>(map.planes.cells());
  const std::int64_t known = shown_cells(model, map);
  const ui::Rect all{top_left.x, top_left.y, m.width, m.height};
  const ui::Rect target{all.x - 4, all.y - std::max(4.0F, (24 - all.h) / 2), all.w + 8, std::max(all.h + 8, 24.0F)};
  const ui::HitState hit = painter.hit({ui::hit_id(name), target, label, ui::HitRole::kImage, 0});
  for (int i = 0; i < m.shown; ++i) {
    ui::Heatmap part;
    part.image.key = ui::hit_id(name, static_cast<std::uint64_t>(i) + 1);
    part.image.version = strip.version;
    part.image.values = std::span(tensor->data).subspan(static_cast<std::size_t>(i) * cells, cells);
    part.image.h = static_cast<int>(map.planes.rows);
    part.image.w = static_cast<int>(map.planes.cols);
    part.image.scale = map.scale;
    part.image.known = std::clamp<std::int64_t>(known - i * map.planes.cells(), 0, map.planes.cells());
    const ui::Rect box{top_left.x + static_cast<float>(i % m.per_row) * (m.size.x + kGap),
                       top_left.y + static_cast<float>(i / m.per_row) * (m.size.y + kGap), m.size.x, m.size.y};
    ui::heatmap(painter, box, part);
  }
  const ui::Theme& t = painter.theme();
  if (current || hit.hovered) painter.stroke_rect(ui::grown(all, 4), {t.ink, current ? 1.8F : 1.0F}, 5);
  if (hit.focused) ui::focus_ring(painter, all, 5);
  return hit.clicked;
}

}  // namespace backstep::views
