// The ways in which the sums of a step can be shown.
#pragma once

#include <vector>

#include "web/app/state.h"

namespace backstep::app {

// gather, and what else there is: scatter and two matrices where windows meet weights, scatter where a pool's gradient
// goes back.
std::vector<See> sees_of(const Trace& trace, const Block& block);

// What the reader wishes, where the present step offers it; else gather.
See shown_see(const Model& model);
See next_see(const Model& model);

}  // namespace backstep::app
