// The arithmetic of the current cell, as it is written below the grids: its terms as chips that add up, the running sum
// after each channel, or one equation where there is nothing to add.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/trace.h"
#include "web/widgets/formula.h"
#include "web/widgets/tokens.h"

namespace backstep::views {

struct StageView;

struct ChannelChip {
  std::string name;   // "channel 0"
  std::string total;  // the running sum after it; empty while it is not reached
};

struct Working {
  std::optional<ui::Formula> equation;
  std::vector<ui::Token> tokens;
  std::vector<std::int64_t> terms;  // the last term that each token stands for
  std::string joiner = "+";
  std::string tail;
  std::int64_t added = 0;
  bool complete = true;
  float scale = 0;
  std::vector<ChannelChip> channels;  // of the pairs; empty where there is one
};

Working work_out(const StageView& view, const Trace& trace);

// Loss, update and single operations as one line.
std::optional<ui::Formula> equation_of(const StageView& view, const Trace& trace);

}  // namespace backstep::views
