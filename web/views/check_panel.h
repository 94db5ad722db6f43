// The numeric gradient of the chosen cell, with a slider for its eps.
#pragma once

#include "web/views/column.h"
#include "web/views/page_state.h"

namespace backstep::views {

void draw_check(Column& column, const app::Model& model, Intents& intents);

}  // namespace backstep::views
