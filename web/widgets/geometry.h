// Points and rectangles of the page, in CSS pixels, x to the right and y down.
#pragma once

#include <algorithm>

namespace backstep::ui {

struct Vec2 {
  float x = 0;
  float y = 0;

  constexpr bool operator==(const Vec2&) const = default;
};

constexpr Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.y + b.y}; }
constexpr Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.y - b.y}; }
constexpr Vec2 operator*(Vec2 a, float s) { return {a.x * s, a.y * s}; }

constexpr float lerp(float a, float b, float t) { return a + (b - a) * t; }
constexpr Vec2 lerp(Vec2 a, Vec2 b, float t) { return {lerp(a.x, b.x, t), lerp(a.y, b.y, t)}; }

struct Rect {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;

  constexpr float right() const { return x + w; }
  constexpr float bottom() const { return y + h; }
  constexpr Vec2 centre() const { return {x + w / 2, y + h / 2}; }
  constexpr bool empty() const { return w <= 0 || h <= 0; }
  constexpr bool contains(Vec2 p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  constexpr bool contains(const Rect& r, float slack = 0) const {
    return r.x >= x - slack && r.y >= y - slack && r.right() <= right() + slack && r.bottom() <= bottom() + slack;
  }
  constexpr bool overlaps(const Rect& r) const {
    return x < r.right() && r.x < right() && y < r.bottom() && r.y < bottom();
  }
  constexpr bool operator==(const Rect&) const = default;
};

// Grown by `by` on every side (shrunk when negative, never to a negative extent).
constexpr Rect grown(const Rect& r, float by) {
  const float w = std::max(0.0F, r.w + 2 * by);
  const float h = std::max(0.0F, r.h + 2 * by);
  return {r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w, h};
}

constexpr Rect moved(const Rect& r, Vec2 by) { return {r.x + by.x, r.y + by.y, r.w, r.h}; }

constexpr Rect intersection(const Rect& a, const Rect& b) {
  const float x = std::max(a.x, b.x);
  const float y = std::max(a.y, b.y);
  return {x, y, std::max(0.0F, std::min(a.right(), b.right()) - x),
          std::max(0.0F, std::min(a.bottom(), b.bottom()) - y)};
}

constexpr Rect united(const Rect& a, const Rect& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  const float x = std::min(a.x, b.x);
  const float y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

// Cuts a strip off one side of `rest`, which keeps what remains.
constexpr Rect cut_left(Rect& rest, float w) {
  const Rect strip{rest.x, rest.y, std::min(w, rest.w), rest.h};
  rest = {rest.x + strip.w, rest.y, rest.w - strip.w, rest.h};
  return strip;
}
constexpr Rect cut_right(Rect& rest, float w) {
  const float cut = std::min(w, rest.w);
  rest.w -= cut;
  return {rest.x + rest.w, rest.y, cut, rest.h};
}
constexpr Rect cut_top(Rect& rest, float h) {
  const Rect strip{rest.x, rest.y, rest.w, std::min(h, rest.h)};
  rest = {rest.x, rest.y + strip.h, rest.w, rest.h - strip.h};
  return strip;
}
constexpr Rect cut_bottom(Rect& rest, float h) {
  const float cut = std::min(h, rest.h);
  rest.h -= cut;
  return {rest.x, rest.y + rest.h, rest.w, cut};
}

}  // namespace backstep::ui
