// explain() recomputes a cell's terms in kernel order with its finishing operation; it ends at the stored bits.
#pragma once

#include "explanation.h"
#include "trace.h"

namespace backstep {

Explanation explain(const Trace& trace, std::int64_t step);

// K of a step: its real taps (padding is none), one more for the bias. The same as explain().terms.size().
std::int64_t term_count(const Trace& trace, std::int64_t step);
std::int64_t term_count(const Network& net, const StepIndex& steps, std::int64_t step);

}  // namespace backstep
