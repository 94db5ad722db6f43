// Breakpoints: names at which play and run stop.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/app/state.h"

namespace backstep::app {

struct Break {
  std::string name;
  std::vector<std::int64_t> steps;  // where it stops; empty: nothing of that name is computed in this network
  bool cell = false;                // one cell, which coarser grains stop inside of
};
std::vector<Break> breaks(const Model& model);

// Where a move from one cursor to another, forwards, is stopped; nothing where no breakpoint is between.
std::optional<Cursor> stopped(const Model& model, const Cursor& from, const Cursor& to);

// The next breakpoint from the cursor on, or back: else the end or the start.
Cursor run_to_break(const Model& model, int direction);

}  // namespace backstep::app
