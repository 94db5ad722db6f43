// The formula of a block in symbols, in the lesson's notation, with stride, padding and dilation only where there are
// any.
#pragma once

#include "engine/trace.h"
#include "web/widgets/formula.h"

namespace backstep::views {

ui::Formula formula_of(const Trace& trace, const Block& block);

// How large the output of a layer with windows is, along rows or columns: in letters, and with its numbers.
struct SizeFormula {
  ui::Formula letters, rows, cols;
};
std::optional<SizeFormula> size_formula(const NetworkLayer& layer);

}  // namespace backstep::views
