// The numbering of steps. A step is one computed cell; steps are found by prefix sums, not stored.
//
// Order: every layer's y; loss p, value; loss dx, then from the last layer to the first dw, db, dx; then the updated
// w, b by layer. Row-major inside a tensor. Flatten has no steps.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "network.h"

namespace backstep {

enum class Phase : std::uint8_t { forward, loss, backward, update };
enum class Grain : std::uint8_t { product, cell, channel, layer };
inline constexpr std::array<std::string_view, 4> kGrainNames = {"product", "cell", "channel", "layer"};

const char* phase_name(Phase phase);
const char* grain_name(Grain grain);

// One computed tensor: the steps first … first + count - 1.
struct Block {
  Phase phase = Phase::forward;
  int layer = 0;  // the network's layer count for the loss
  Slot slot = Slot::y;
  Shape shape;
  std::int64_t first = 0;
  std::int64_t count = 0;
};

struct CellRef {
  int layer = 0;
  Slot slot = Slot::y;
  std::int64_t index = 0;
};

class StepIndex {
 public:
  StepIndex() = default;
  explicit StepIndex(const Network& net);

  std::int64_t size() const { return blocks_.empty() ? 0 : blocks_.back().first + blocks_.back().count; }
  const std::vector<Block>& blocks() const { return blocks_; }
  const Block& block_of(std::int64_t step) const;
  CellRef cell(std::int64_t step) const;
  // The step that computes a cell, or -1.
  std::int64_t find(const CellRef& cell) const;
  const Block* block(int layer, Slot slot) const;
  // The block that computes what a layer sees in a slot: x of a layer is y of the one before, dy is dx of the one after
  // or of the loss, and a layer without steps hands its neighbour's numbers on. Null for what is given.
  const Block* producer(int layer, Slot slot) const;

  // First and last step of the group of `step` at a grain. channel: same tensor and first index; layer: same layer and
  // phase.
  struct Range {
    std::int64_t first, last;
  };
  Range group(std::int64_t step, Grain grain) const;

  // "conv1.dw[0,0,1,2]"; the batch index of a tensor with a batch dimension is left out when N = 1; the loss is
  // "loss.value".
  std::string name(std::int64_t step) const;
  std::string name(const CellRef& cell) const;
  std::string tensor_name(const Block& block) const;  // "conv1.dw"
  // The step of a cell named that way; an updated parameter is found by "conv1.w[…]". Errors say what was expected.
  Result<std::int64_t> parse(std::string_view name) const;

  // Names of layers, the loss last.
  const std::vector<std::string>& layer_names() const { return names_; }

 private:
  bool hides_batch(const Block& block) const;
  std::vector<Block> blocks_;
  std::vector<std::string> names_;
};

}  // namespace backstep
