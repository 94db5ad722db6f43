// Names of everything that a scene can cover or lock: the tensors that steps compute, and those that a pass starts
// from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "../network.h"
#include "../steps.h"

namespace backstep {

// A tensor that a pass starts from, and a cell of it: "input[2,3]", "target[0]", "dy[1,1]", "conv1.w[0,0,1,2]"; or the
// learning rate, "lr".
struct SourceCell {
  enum class Tensor : std::uint8_t { input, target, dy, w, b, rate };
  Tensor tensor = Tensor::input;
  int layer = 0;            // of w and b
  std::int64_t index = -1;  // flat; -1: the whole tensor, named without brackets
  bool operator==(const SourceCell&) const = default;
};

// Errors: "cell.name". The batch index of input, dy and a numeric target is left out when N = 1.
Result<SourceCell> parse_source_cell(const Network& net, std::string_view name);

// The name that is read back as the cell.
std::string source_name(const Network& net, const SourceCell& cell);
std::string source_tensor_name(const Network& net, const SourceCell& cell);

// The given cell that a layer sees in a slot; nothing for what is computed.
std::optional<SourceCell> source_of(const Network& net, const StepIndex& steps, const CellRef& cell);
// The other way round: as a layer sees it. Not for the learning rate, which is no tensor.
CellRef cell_of(const Network& net, const SourceCell& source);

// Whether the name is a cell or a tensor of the network, computed or given.
Status check_cell_name(const Network& net, const StepIndex& steps, std::string_view name);

// Whether the name could be that of a layer, a tensor or a cell of some network: "conv3", "conv3.dw", "input[0,2,3]".
bool is_mark_name(std::string_view name);

}  // namespace backstep
