// One sentence for each step: what was computed, from what, with the engine's numbers. The page's sentence, the live
// region of its accessible mirror and the headless `step` command say the same words.
#pragma once

#include <string>

#include "trace.h"

namespace backstep {

// The step with all its terms added; where it is in trouble, a second sentence says why (trouble.h).
std::string narrate(const Trace& trace, std::int64_t step);

// The step with the first `term` of its K terms added (0 … K); the same as above for K.
std::string narrate(const Trace& trace, std::int64_t step, std::int64_t term);

}  // namespace backstep
