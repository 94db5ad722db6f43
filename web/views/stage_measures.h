// Distances on the stage, for its width.
#pragma once

#include <span>
#include <vector>

#include "web/views/stage_layout.h"

namespace backstep::views {

inline constexpr float kLargestCell = 84;
inline constexpr float kSmallestCell = 4;

struct Measures {
  float gap = 0;  // between grids, without the sign
  float widest_gap = 0;
  bool columns = true;  // thumbnails in columns
  float caption = 26;   // px above a grid
  float row_gap = 16;   // between rows of grids
};

inline Measures measures_for(const ui::Rect& area) {
  constexpr float kWide = 620;  // px from which the roomy measures hold
  if (area.w >= 1000) return {52, 96};
  if (area.w >= kWide) return {30, 56};
  return {12, 26, false, 21, 10};
}

// Rows and columns of a matrix line up: the input above it, bias and output beside it.
std::vector<GridPlace> place_matrix(const ui::Rect& area, std::span<const GridWish> wishes);

}  // namespace backstep::views
