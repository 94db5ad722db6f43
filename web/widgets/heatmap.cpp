#include "web/widgets/heatmap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/format.h"

namespace backstep::ui {
namespace {

constexpr int kMostCells = 256;     // drawn one by one; larger maps are one image
constexpr float kSmallestCell = 4;  // px, below there is no room for gaps

void draw_cells(Painter& painter, const Rect& rect, const TensorImage& image) {
  const Theme& t = painter.theme();
  const float cw = rect.w / static_cast<float>(image.w);
  const float ch = rect.h / static_cast<float>(image.h);
  const float gap = std::min(cw, ch) >= 12 ? 2.0F : 1.0F;
  for (int i = 0; i < image.h * image.w; ++i) {
    const Rect cell{rect.x + static_cast<float>(i % image.w) * cw, rect.y + static_cast<float>(i / image.w) * ch,
                    cw - gap, ch - gap};
    const bool known = i < image.known && static_cast<std::size_t>(i) < image.values.size();
    const Colour fill = known ? value_colour(t, image.values[static_cast<std::size_t>(i)], image.scale) : t.track;
    painter.fill_rect(cell, known ? fill : faded(fill, 0.6F), std::min(cw, ch) >= 12 ? 2.0F : 0.0F);
  }
}

}  // namespace

Vec2 heatmap_size(int h, int w, Vec2 box) {
  const float exact = std::min(box.x / static_cast<float>(std::max(1, w)), box.y / static_cast<float>(std::max(1, h)));
  const float cell = exact >= 2 ? std::floor(exact) : exact;
  return {cell * static_cast<float>(w), cell * static_cast<float>(h)};
}

HitState heatmap(Painter& painter, const Rect& rect, const Heatmap& map) {
  HitState state;
  if (!map.label.empty()) {
    state = painter.hit({hit_id(map.name), grown(rect, 3), map.label, HitRole::kImage, 0});
  }
  if (!painter.visible(rect) || map.image.h <= 0 || map.image.w <= 0) return state;
  const float cell = std::min(rect.w / static_cast<float>(map.image.w), rect.h / static_cast<float>(map.image.h));
  if (cell >= kSmallestCell && map.image.h * map.image.w <= kMostCells) {
    draw_cells(painter, rect, map.image);
  } else {
    painter.fill_rect(rect, painter.theme().track);
    painter.tensor_image(rect, map.image);
  }
  if (map.current || state.hovered) {
    painter.stroke_rect(grown(rect, 3), {painter.theme().ink, map.current ? 1.5F : 1.0F}, 4);
  }
  if (state.focused) painter.stroke_rect(grown(rect, 5), {painter.theme().focus, 2}, 6);
  return state;
}

void colour_legend(Painter& painter, const Rect& rect, float scale, std::string_view title) {
  // One cell for each two entries of the map; the values are the scale itself, so the legend cannot disagree.
  constexpr int kCells = kMapReach;
  static constexpr std::array<float, kCells> kRamp = [] {
    std::array<float, kCells> ramp{};
    for (int i = 0; i < kCells; ++i) {
      ramp[static_cast<std::size_t>(i)] = 2 * static_cast<float>(i) / (kCells - 1) - 1;
    }
    return ramp;
  }();
  constexpr float kBar = 8;
  const Theme& t = painter.theme();
  const TextStyle style = text_style(TextRole::kTiny);
  TensorImage image;
  image.key = hit_id("legend.ramp");
  image.values = kRamp;
  image.h = 1;
  image.w = kCells;
  image.scale = 1;
  image.radius = 2;
  const Rect bar{rect.x, rect.bottom() - kBar, rect.w, kBar};
  painter.tensor_image(bar, image);
  const float baseline = bar.y - 6;
  if (!title.empty()) {
    painter.text({rect.x, baseline - 16}, title, style, t.dim_ink);
  }
  const std::string end = format_number(static_cast<double>(scale));
  painter.text({bar.x, baseline}, scale > 0 ? "−" + end : "0", style, t.dim_ink);
  if (scale <= 0) return;
  painter.text({bar.centre().x, baseline}, "0", style, t.dim_ink, Align::kCentre);
  painter.text({bar.right(), baseline}, end, style, t.dim_ink, Align::kRight);
}

}  // namespace backstep::ui
