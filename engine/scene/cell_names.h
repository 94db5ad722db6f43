// Names of everything that a scene can cover or lock: the tensors that steps compute, and those that a pass starts
// from.
#pragma once

#include <string_view>

#include "../network.h"
#include "../steps.h"

namespace backstep {

// A tensor that a pass starts from, and a cell of it: "input[2,3]", "target[0]", "dy[1,1]", "conv1.w[0,0,1,2]".
struct SourceCell {
  enum class Tensor : std::uint8_t { input, target, dy, w, b };
  Tensor tensor = Tensor::input;
  int layer = 0;            // of w and b
  std::int64_t index = -1;  // flat; -1: the whole tensor, named without brackets
};

// Errors: "cell.name". The batch index of input, dy and a numeric target is left out when N = 1.
Result<SourceCell> parse_source_cell(const Network& net, std::string_view name);

// Whether the name is a cell or a tensor of the network, computed or given.
Status check_cell_name(const Network& net, const StepIndex& steps, std::string_view name);

}  // namespace backstep
