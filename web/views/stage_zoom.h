// Large grids enlarged: each shows a part of its rows and columns in cells that can be read, and the part follows what
// the step is about. Small grids, kernels above all, stay whole, so that an operation is seen as one at every zoom.
#pragma once

#include <vector>

#include "web/views/stage_layout.h"
#include "web/views/stage_view.h"
#include "web/widgets/painter.h"

namespace backstep::views {

struct StageZoom {
  // First row and column in sight of each panel, in cells; whole ones except while the reader drags.
  std::vector<ui::Vec2> first;
  std::vector<ui::Vec2> shown;       // how many there are in sight
  std::vector<ui::GridHit> pointed;  // the cell under the pointer in each panel, in the last frame
  float wheel = 0;                   // px turned since the last level
  bool useful = false;               // some numbers are too small to be read, or are because of it

  // What it was made for.
  const Network* net = nullptr;
  std::int64_t block = -1;
  See see = See::gather;
  Cursor cursor;
  std::optional<app::CellAt> focus;
  std::size_t level = 0;
  std::size_t least = 0;  // the first level at which the grids fit into `room`
  ui::Vec2 room;
};

// Sets what each panel shows at the model's zoom: the part that the reader chose, moved as far as the step asks for.
// While zooming the cell under the pointer stays where it is.
void follow_step(StageZoom& zoom, const StageView& view, const app::Model& model);

// The grid's wish with only what is in sight.
void crop(const StageZoom& zoom, std::size_t panel, GridWish& wish);
// The place of the whole grid, of which `view` is in sight.
void uncrop(const StageZoom& zoom, std::size_t panel, const Panel& whole, GridPlace& place);

// Moves what a panel shows by a drag of so many px.
void drag_grid(StageZoom& zoom, std::size_t panel, const ui::GridLayout& grid, ui::Vec2 by);

// Levels that the wheel or two fingers on a touch pad ask for in this frame.
int wheel_levels(StageZoom& zoom, const ui::HitState& state);

// Where in the grid the part in sight lies, as bars along its edges.
void draw_extent(ui::Painter& painter, const GridPlace& place);

}  // namespace backstep::views
