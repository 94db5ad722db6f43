// The loops of the present step as code, with the line that is carried out and the loop variables as they stand.
#pragma once

#include "web/views/column.h"
#include "web/views/stage_view.h"

namespace backstep::views {

void draw_code(Column& column, const Trace& trace, const StageView& view);

}  // namespace backstep::views
