// Moving through time: every position of the cursor that the contract allows, and nothing else.
#pragma once

#include "engine/scene.h"

namespace backstep::app {

// The cursor at `step` and `grain`: at coarser grains the last cell of its group; `term` counts at product grain only.
Cursor placed(const Trace& trace, std::int64_t step, std::int64_t term, Grain grain);

Cursor moved(const Trace& trace, const Cursor& from, int by);
// To the first group of the next layer and phase; back: to the first group of this one, then of the one before.
Cursor moved_by_layer(const Trace& trace, const Cursor& from, int by);
Cursor at_end(const Trace& trace, Grain grain, bool last);
Cursor at_grain(const Trace& trace, const Cursor& from, Grain grain);

// Where the cursor goes when the net changed under it: the cell of the same name, else the first cell of that layer
// and phase, else the first step.
Cursor carried_over(const Trace& before, const Trace& after, const Cursor& from);

}  // namespace backstep::app
