// The terms of a cell as a line of text, for narrow stages: "0·(−1) + 2·1 + … = 6".
#pragma once

#include "web/views/working.h"

namespace backstep::views {

inline constexpr float kSumLineHeight = 58;

// As many terms as fit the room; those around the current one are kept.
ui::FormulaLayout layout_sum_line(const Working& working, ui::Vec2 room);

}  // namespace backstep::views
