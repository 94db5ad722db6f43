// The formula of a block in symbols, in the lesson's notation, with stride, padding and dilation only where there are
// any.
#pragma once

#include "engine/trace.h"
#include "web/widgets/formula.h"

namespace backstep::views {

ui::Formula formula_of(const Trace& trace, const Block& block);

}  // namespace backstep::views
