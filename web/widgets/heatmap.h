// Thumbnails of feature maps, and the legend of the colour scale.
#pragma once

#include <string_view>

#include "web/widgets/painter.h"

namespace backstep::ui {

struct Heatmap {
  std::string_view name = {};   // dotted id: "strip.conv1.y"
  std::string_view label = {};  // accessible name; empty: not touchable
  TensorImage image = {};       // key, version, values, h, w, scale, known
  bool current = false;         // outlined: the step is in here
};

// Size of a thumbnail with the map's proportions inside `box`, on whole pixels for each cell where there is room.
Vec2 heatmap_size(int h, int w, Vec2 box);
// Cells that are not known yet are pale; few and large cells get gaps between them.
HitState heatmap(Painter& painter, const Rect& rect, const Heatmap& map);

// The colour scale from -scale to +scale with its three numbers; a gradient's scale has the partial sign before its
// title.
inline constexpr float kLegendHeight = 40;
void colour_legend(Painter& painter, const Rect& rect, float scale, std::string_view title);

}  // namespace backstep::ui
