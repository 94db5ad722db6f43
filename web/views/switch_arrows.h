// A maximum's gradient goes back to the winner alone: arrows from each upstream gradient to the cell that gets it.
#pragma once

#include "web/views/stage_layout.h"
#include "web/views/stage_view.h"
#include "web/widgets/painter.h"

namespace backstep::views {

// Whether there were any.
bool draw_switch_arrows(ui::Painter& painter, const app::Model& model, const StageView& view,
                        std::span<const GridPlace> places);

}  // namespace backstep::views
