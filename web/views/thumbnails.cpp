#include "web/views/thumbnails.h"

#include <algorithm>

#include "web/widgets/heatmap.h"

namespace backstep::views {
namespace {

constexpr int kMostLines = 4;

ui::Heatmap make_map(const app::Model& model, const StageView& view, const Panel& panel, const PanelView& shown,
                     std::int64_t plane) {
  const std::int64_t cells = panel.planes.cells();
  ui::Heatmap map;
  map.image.key = ui::hit_id("plane", panel.key ^ static_cast<std::uint64_t>(plane + 1) * 0x9E3779B97F4A7C15ULL);
  map.image.version = view.version;
  map.image.values = panel.values().subspan(static_cast<std::size_t>(plane * cells), static_cast<std::size_t>(cells));
  map.image.h = static_cast<int>(panel.planes.rows);
  map.image.w = static_cast<int>(panel.planes.cols);
  map.image.scale = shown.scale;
  map.image.known = std::clamp<std::int64_t>(shown.known - plane * cells, 0, cells);
  map.current = plane == shown.plane;
  if (model.state.scene.covers.empty() || !panel.tensor) return map;
  // Colours would tell what is to be predicted.
  for (std::int64_t i = 0; i < map.image.known; ++i) {
    if (model.covered(view.plan.layer, panel.slot, plane * cells + i)) map.image.known = i;
  }
  return map;
}

}  // namespace

ThumbnailLines thumbnail_lines(int count, float room, float pitch, bool one_line) {
  ThumbnailLines out;
  const int most = std::max(1, static_cast<int>((room + kThumbnailGap) / pitch));
  out.lines = one_line ? 1 : std::clamp((count + most - 1) / most, 1, kMostLines);
  // Lines of equal length look tidier than full ones and a rest.
  out.per_line = std::min(most, (count + out.lines - 1) / out.lines);
  return out;
}

int draw_thumbnails(ui::Painter& painter, const GridPlace& place, const app::Model& model, const StageView& view,
                    std::size_t i) {
  const PanelView& shown = view.panels[i];
  const Panel& panel = view.plan.panels[i];
  if (shown.thumbnails.empty() || place.thumbnails.empty()) return -1;
  const float pitch = place.thumbnail_pitch;
  const float side = pitch - kThumbnailGap;
  const float room = place.side_by_side ? place.thumbnails.h : place.thumbnails.w;
  const auto count = static_cast<int>(shown.thumbnails.size());
  const ThumbnailLines lines = thumbnail_lines(count, room, pitch, !place.side_by_side);
  // Where not all fit, those around the shown one.
  const int visible = std::min(count, lines.per_line * lines.lines);
  const auto at = std::find(shown.thumbnails.begin(), shown.thumbnails.end(), shown.plane) - shown.thumbnails.begin();
  const int first = std::clamp(static_cast<int>(at) - visible / 2, 0, count - visible);
  const ui::Vec2 size =
      ui::heatmap_size(static_cast<int>(panel.planes.rows), static_cast<int>(panel.planes.cols), {side, side});
  const std::string name = "stage.plane." + std::to_string(i);
  int clicked = -1;
  for (int k = 0; k < visible; ++k) {
    const std::int64_t plane = shown.thumbnails[static_cast<std::size_t>(first + k)];
    const float along = static_cast<float>(k % lines.per_line) * pitch;
    const float across = static_cast<float>(k / lines.per_line) * pitch;
    const ui::Rect target{place.thumbnails.x + (place.side_by_side ? across : along),
                          place.thumbnails.y + (place.side_by_side ? along : across), pitch, pitch};
    const ui::Heatmap map = make_map(model, view, panel, shown, plane);
    const ui::HitState state =
        painter.hit({ui::hit_id(name, static_cast<std::uint64_t>(first + k) + 1), target, panel.title_of(plane),
                     ui::HitRole::kOption, map.current ? ui::kHitSelected : 0});
    const ui::Rect box{target.x + (side - size.x) / 2, target.y + (side - size.y) / 2, size.x, size.y};
    ui::heatmap(painter, box, map);
    if (state.hovered && !map.current) {
      painter.stroke_rect(ui::grown(box, 3), {painter.theme().ink, 1}, 4);
    }
    if (state.clicked) clicked = first + k;
  }
  return clicked;
}

}  // namespace backstep::views
