#include "web/widgets/path.h"

#include <cmath>

namespace backstep::ui {
namespace {

constexpr float kPi = 3.14159265F;

float distance(Vec2 a, Vec2 b) { return std::hypot(b.x - a.x, b.y - a.y); }

}  // namespace

void rounded_rect_path(const Rect& rect, float radius, std::vector<Vec2>* out) {
  const float r = std::min(radius, std::min(rect.w, rect.h) / 2);
  if (r <= 0) {
    out->insert(out->end(),
                {{rect.x, rect.y}, {rect.right(), rect.y}, {rect.right(), rect.bottom()}, {rect.x, rect.bottom()}});
    return;
  }
  const int steps = std::clamp(static_cast<int>(r), 3, 12);
  const Vec2 centres[] = {{rect.x + r, rect.y + r},
                          {rect.right() - r, rect.y + r},
                          {rect.right() - r, rect.bottom() - r},
                          {rect.x + r, rect.bottom() - r}};
  for (int corner = 0; corner < 4; ++corner) {
    for (int i = 0; i <= steps; ++i) {
      const float angle =
          kPi * (1 + 0.5F * (static_cast<float>(corner) + static_cast<float>(i) / static_cast<float>(steps)));
      out->push_back(centres[corner] + Vec2{r * std::cos(angle), r * std::sin(angle)});
    }
  }
}

void cubic_path(Vec2 a, Vec2 ca, Vec2 cb, Vec2 b, int segments, std::vector<Vec2>* out) {
  for (int i = 1; i <= segments; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(segments);
    const float u = 1 - t;
    out->push_back(a * (u * u * u) + ca * (3 * u * u * t) + cb * (3 * u * t * t) + b * (t * t * t));
  }
}

int cubic_segments(Vec2 a, Vec2 ca, Vec2 cb, Vec2 b) {
  const float length = distance(a, ca) + distance(ca, cb) + distance(cb, b);
  return std::clamp(static_cast<int>(std::sqrt(length) * 1.5F), 8, 48);
}

float path_length(std::span<const Vec2> points, bool closed) {
  float length = 0;
  for (std::size_t i = 1; i < points.size(); ++i) length += distance(points[i - 1], points[i]);
  if (closed && points.size() > 1) length += distance(points.back(), points.front());
  return length;
}

void dash_path(std::span<const Vec2> points, bool closed, float dash, float gap, Dashes* out) {
  const float length = path_length(points, closed);
  if (points.size() < 2 || length <= 0 || dash <= 0 || gap <= 0) return;
  if (closed) gap = length / std::max(1.0F, std::round(length / (dash + gap))) - dash;
  if (gap <= 0) return;
  bool on = true;
  float left = dash;  // of the dash or gap in progress
  std::size_t begin = out->points.size();
  const auto end_dash = [&] {
    if (out->points.size() - begin > 1) {
      out->ends.push_back(out->points.size());
    } else {
      out->points.resize(begin);  // a single point, left by rounding at the seam
    }
  };
  out->points.push_back(points.front());
  const std::size_t segments = points.size() - (closed ? 0 : 1);
  for (std::size_t i = 0; i < segments; ++i) {
    Vec2 from = points[i];
    const Vec2 to = points[(i + 1) % points.size()];
    float rest = distance(from, to);
    while (rest > left) {
      from = lerp(from, to, left / rest);
      rest -= left;
      if (!on) begin = out->points.size();
      out->points.push_back(from);
      if (on) end_dash();
      on = !on;
      left = on ? dash : gap;
    }
    left -= rest;
    if (on) out->points.push_back(to);
  }
  if (on) end_dash();
}

}  // namespace backstep::ui
