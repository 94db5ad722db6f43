// What a network costs, counted from shapes alone in 64-bit integers that saturate at Shape::kCountLimit, so that
// networks far too large to be stored can be counted too.
#pragma once

#include <cstdint>
#include <vector>

#include "network.h"

namespace backstep {

struct LayerCost {
  std::int64_t parameters = 0;  // weights and biases
  // Weights and biases of a dense layer between the same input and output (without the batch); equal to `parameters`
  // for a dense layer, 0 for a layer without a kernel.
  std::int64_t dense_parameters = 0;
  std::int64_t multiply_adds = 0;  // of one forward pass over the whole batch, taps in the padding counted
  std::int64_t outputs = 0;        // numbers in y
};

struct NetworkCost {
  std::vector<LayerCost> layers;
  LayerCost total;
};

LayerCost layer_cost(const NetworkLayer& layer);
NetworkCost network_cost(const Network& net);

}  // namespace backstep
