// The small heat maps of one tensor in the network map.
#pragma once

#include <string_view>

#include "web/views/strip_view.h"
#include "web/widgets/painter.h"

namespace backstep::views {

// How the planes stand: up to two in a row, more in two rows.
struct MapLayout {
  int shown = 0, per_row = 1, rows = 1;
  ui::Vec2 size;  // of one map
  float width = 0;
  float height = 0;
};

// Inside a box of this height; single numbers are at most `cell` px. `widest`: of a map, in its height.
MapLayout layout_maps(const StripMap& map, float height, float cell, int most_planes, float widest);

// True when clicked. `current`: what this step computes.
bool draw_maps(ui::Painter& painter, ui::Vec2 top_left, const MapLayout& layout, const app::Model& model,
               const StripView& strip, const StripMap& map, std::string_view name, std::string_view label,
               bool current);

}  // namespace backstep::views
