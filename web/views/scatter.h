// A sum told from the other side: the numbers of one tensor are spread one after the other, each times its weights over
// all results that it feeds, and the results fill up. What each adds is what explain() says of the result's terms; only
// the order is the scatter's own.
#pragma once

#include <string>
#include <vector>

#include "engine/explanation.h"

namespace backstep {
class Trace;
}

namespace backstep::views {

struct StageView;

// What the spread number adds to one result.
struct Stamp {
  std::int64_t result = 0;
  ExplainedTerm term;
};

struct Scatter {
  enum class Reached : std::uint8_t { nothing, some, all };
  Slot slot = Slot::none;    // whose numbers are spread
  std::int64_t source = -1;  // the one spread last; -1: none
  std::int64_t spread = 0, sources = 0;
  std::vector<float> sums;  // of the results of the shown plane
  std::vector<Reached> reached;
  std::vector<Stamp> stamps;  // in the shown plane
  // Of the results that are complete: how far the scattered sums are from the gathered ones.
  double difference = 0.0;
  bool same_bits = true;
  bool finished = false;  // all results of the plane are complete
};

Slot scattered_slot(Slot result);

// As far as the present cell has come; or, where the reader touches a number that is spread, up to that one.
Scatter scatter(const StageView& view, const Trace& trace);

// "11 of 16 spread", and at the end whether the sums are those that were gathered.
std::string scatter_text(const Scatter& scatter);

}  // namespace backstep::views
