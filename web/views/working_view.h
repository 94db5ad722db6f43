// Draws the arithmetic of a step below its grids.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

enum class WorkingForm : std::uint8_t {
  kNone,   // there is no room for it
  kLine,   // one line of text
  kLines,  // up to three lines of text
  kChips,
};
WorkingForm working_form(const ui::Rect& stage);

// Height to keep free: the same for all steps of a block, so that the grids do not change size between them.
float working_height(const StageView& view, const ui::Rect& stage, bool touch);
// Where the terms stand is what it returns.
WorkingPlaces draw_working(ui::Painter& painter, const ui::Rect& area, WorkingForm form, const app::Model& model,
                           PageState& state, Intents& intents);

}  // namespace backstep::views
