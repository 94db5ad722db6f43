// Where the grids of a stage stand: side by side where there is room, else the first above the others, else stacked;
// in all cases with the largest cells that fit.
#pragma once

#include <span>
#include <vector>

#include "web/views/stage_plan.h"
#include "web/widgets/grid_layout.h"

namespace backstep::views {

// What a grid asks for.
struct GridWish {
  int rows = 1;
  int cols = 1;
  int thumbnails = 0;    // planes to choose from
  float thumbnail = 38;  // px from one to the next
  float caption = 0;     // px, width of the title
  float names = 0;       // px, room for names of rows on the left
  float sign = 0;        // px, width of the sign before it
  bool above = false;    // in a matrix: stands above the matrix
  bool matrix = false;   // in a matrix: is the matrix
  bool aside = false;    // in a matrix: its transpose, left of it where there is room

  bool operator==(const GridWish&) const = default;
};

struct GridPlace {
  ui::GridLayout grid;
  ui::Rect view;        // the part of the grid that is in sight
  ui::Rect caption;     // above the grid, as wide as may be written on
  ui::Rect thumbnails;  // empty where there are none
  ui::Vec2 sign;        // centre
  ui::Rect names;
  float thumbnail_pitch = 38;
  bool side_by_side = true;  // thumbnails stand in a column, not in a row

  bool cropped() const { return view.w + 1 < grid.bounds().w || view.h + 1 < grid.bounds().h; }
  // A cell's place, as far as it is in sight; empty where it is not.
  ui::Rect visible_cell(int row, int col) const {
    const ui::Rect cell = grid.cell_rect(row, col);
    return view.contains(cell.centre()) ? cell : ui::Rect{};
  }
};

// From the first caption to the last row of cells.
ui::Rect bounds_of(std::span<const GridPlace> places);
void shift(std::span<GridPlace> places, float down);

std::vector<GridPlace> place_grids(const ui::Rect& area, std::span<const GridWish> wishes, StageForm form);

// The places found last: from one frame to the next the grids mostly ask for the same.
class KeptPlaces {
 public:
  const std::vector<GridPlace>& of(const ui::Rect& area, std::vector<GridWish> wishes, StageForm form);

 private:
  ui::Rect area_;
  std::vector<GridWish> wishes_;
  StageForm form_ = StageForm::kGrids;
  std::vector<GridPlace> places_;
};

}  // namespace backstep::views
