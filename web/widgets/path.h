// Outlines as polylines, for back ends and widgets that need them: rounded rectangles, circles, curves, dashes.
#pragma once

#include <span>
#include <vector>

#include "web/widgets/geometry.h"

namespace backstep::ui {

// Corners of a rounded rectangle, clockwise from the top left, without repeating the first point. The radius is cut to
// half the shorter side; 0 gives the four corners.
void rounded_rect_path(const Rect& rect, float radius, std::vector<Vec2>* out);

// Appends `segments` points of the cubic curve after its start a.
void cubic_path(Vec2 a, Vec2 ca, Vec2 cb, Vec2 b, int segments, std::vector<Vec2>* out);
// Enough segments for a smooth curve of this size.
int cubic_segments(Vec2 a, Vec2 ca, Vec2 cb, Vec2 b);

// Length of the polyline in px.
float path_length(std::span<const Vec2> points, bool closed);

// Splits a polyline into dashes. On a closed one the gap is stretched so that a whole number of dashes fits and the
// seam does not show. Each dash is appended to `points`; `ends` gets the end index of each.
struct Dashes {
  std::vector<Vec2> points;
  std::vector<std::size_t> ends;
};
void dash_path(std::span<const Vec2> points, bool closed, float dash, float gap, Dashes* out);

}  // namespace backstep::ui
