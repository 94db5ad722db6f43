// A small line plot: the loss over iterations, a gradient check over its epsilon.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "web/widgets/painter.h"

namespace backstep::ui {

struct Plot {
  std::string_view name = {};          // dotted id
  std::string_view label = {};         // accessible name
  std::span<const float> values = {};  // y; x is the index. Gaps where they are not finite
  std::span<const float> second = {};  // another line over the same indices, dashed
  std::int64_t marker = -1;            // index of the current point; -1: none
  bool from_zero = true;               // the y axis includes 0
};

// The index under the pointer, or -1.
std::int64_t plot(Painter& painter, const Rect& rect, const Plot& spec);

}  // namespace backstep::ui
