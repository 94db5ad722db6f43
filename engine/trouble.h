// What goes wrong in a pass, found at the step where it arises: a number that is not finite, a ReLU whose gates are all
// closed, a loss or an update that explodes. The narration says why; the page marks the first of each kind.
#pragma once

#include <string>
#include <vector>

#include "explanation.h"
#include "trace.h"

namespace backstep {

// not_finite: a computed NaN or infinity.
// dead_gates: a map (or, without maps, a sample's row) of at least two numbers of which a ReLU passes none; at its last
//   cell, where that is known.
// explosion: a loss above ten times that of guessing (or of the targets' own square), or a weight that moves by more
//   than ten times the largest of its tensor.
enum class TroubleKind : std::uint8_t { not_finite, dead_gates, explosion };

struct Trouble {
  TroubleKind kind;
  std::int64_t step;
};

// "first number that is not finite", for a mark.
const char* trouble_name(TroubleKind kind);

// The first of each kind, by step.
std::vector<Trouble> find_troubles(const Trace& trace);

// Why this step is in trouble, as a sentence of its own; empty where it is not.
std::string trouble_words(const Trace& trace, const Explanation& e);

}  // namespace backstep
