// Motion of the stage: the numbers of a step fly from where they stand to their terms and on into the cell that they
// make. Only a step forward moves anything, and nothing of it is left in the final picture.
#pragma once

#include <span>

#include "web/views/stage_layout.h"
#include "web/views/stage_view.h"
#include "web/widgets/motion.h"

namespace backstep::views {

// Where the arithmetic of the step stands.
struct WorkingPlaces {
  std::vector<ui::Rect> terms;  // for each term of the explanation; empty rectangles where it is not shown
};

inline constexpr double kFlightSeconds = 0.38;

struct Flight {
  ui::Motion motion;
  double seconds = kFlightSeconds;  // shorter where a journey hurries
  Cursor cursor;                    // when the stage was drawn last
  std::int64_t block = -1;
  std::string hash;
};

// Starts a flight when the cursor has moved one step or one product forward since the last frame.
void follow(Flight& flight, ui::Painter& painter, const StageView& view);
void draw_flight(ui::Painter& painter, const Flight& flight, const StageView& view, std::span<const GridPlace> places,
                 const WorkingPlaces& working);

}  // namespace backstep::views
