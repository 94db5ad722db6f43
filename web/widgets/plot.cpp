#include "web/widgets/plot.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "engine/format.h"

namespace backstep::ui {
namespace {

struct Range {
  float low = 0;
  float high = 0;
};

Range range_of(const Plot& spec) {
  bool any = false;
  Range range;
  for (const std::span<const float> values : {spec.values, spec.second}) {
    for (const float v : values) {
      if (!std::isfinite(v)) continue;
      range = any ? Range{std::min(range.low, v), std::max(range.high, v)} : Range{v, v};
      any = true;
    }
  }
  if (spec.from_zero || !any) range = {std::min(range.low, 0.0F), std::max(range.high, 0.0F)};
  // A flat line lies in the middle, not on the edge.
  if (range.low == range.high) range = {range.low - 0.5F, range.high + 0.5F};
  return range;
}

}  // namespace

std::int64_t plot(Painter& painter, const Rect& rect, const Plot& spec) {
  const Theme& t = painter.theme();
  const TextStyle style = text_style(TextRole::kTiny);
  const Range range = range_of(spec);
  const std::string high = format_number(static_cast<double>(range.high));
  const std::string low = format_number(static_cast<double>(range.low));
  const float margin = std::ceil(std::max(text_width(high, style), text_width(low, style))) + 10;
  const float cap = font_metrics(style).cap_height;
  const Rect area{rect.x + margin, rect.y + cap / 2 + 1, rect.w - margin - 5, rect.h - cap - 2};
  if (area.empty()) return -1;
  const auto count = static_cast<std::int64_t>(spec.values.size());
  const auto x_of = [&](std::int64_t i) {
    return area.x + area.w * (count > 1 ? static_cast<float>(i) / static_cast<float>(count - 1) : 0.5F);
  };
  const auto y_of = [&](float v) { return area.bottom() - area.h * (v - range.low) / (range.high - range.low); };

  painter.line({area.x, area.bottom()}, {area.right(), area.bottom()}, {t.hairline, 1});
  painter.line({area.x, area.y}, {area.right(), area.y}, {t.hairline, 1, 2, 4});
  if (range.low < 0 && range.high > 0) painter.line({area.x, y_of(0)}, {area.right(), y_of(0)}, {t.control, 1});
  painter.text_in({rect.x, area.y - 10, margin - 8, 20}, high, style, t.dim_ink, Align::kRight);
  painter.text_in({rect.x, area.bottom() - 10, margin - 8, 20}, low, style, t.dim_ink, Align::kRight);

  std::vector<Vec2> line;
  const auto draw = [&](std::span<const float> values, const Stroke& stroke) {
    const auto flush = [&] {
      if (line.size() == 1) painter.fill_circle(line[0], 2, stroke.colour);
      if (line.size() > 1) painter.polyline(line, stroke);
      line.clear();
    };
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!std::isfinite(values[i])) {
        flush();
      } else {
        line.push_back({x_of(static_cast<std::int64_t>(i)), y_of(values[i])});
      }
    }
    flush();
  };
  draw(spec.second, {t.dim_ink, 1.5F, 4, 3});
  draw(spec.values, {t.ink, 1.75F});

  const HitState state = painter.hit({hit_id(spec.name), rect, spec.label, HitRole::kImage, 0});
  std::int64_t hovered = -1;
  if (state.hovered && count > 0) {
    const float at = (state.pointer.x - area.x) / area.w * static_cast<float>(count - 1);
    hovered = std::clamp(static_cast<std::int64_t>(std::lround(at)), std::int64_t{0}, count - 1);
  }
  for (const std::int64_t i : {hovered, spec.marker}) {
    if (i < 0 || i >= count || !std::isfinite(spec.values[static_cast<std::size_t>(i)])) continue;
    const Vec2 at{x_of(i), y_of(spec.values[static_cast<std::size_t>(i)])};
    painter.fill_circle(at, 5.5F, t.surface);
    painter.fill_circle(at, i == spec.marker ? 4.0F : 3.0F, t.ink);
  }
  return hovered;
}

}  // namespace backstep::ui
