// A sequential network: layers with their shapes and names, an optional loss, an optimizer. Holds no numbers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "layers.h"
#include "loss.h"
#include "optimizer.h"
#include "result.h"

namespace backstep {

struct NetworkLayer {
  Layer op;
  std::string name;  // by type and number: "conv1"
  LayerShapes shapes;
};

inline constexpr std::size_t kMaxLayers = 64;

// The largest number of elements of any activation, stored or only counted: sizes stay exact in 64-bit integers, and in
// JavaScript's numbers.
inline constexpr std::int64_t kMaxCountedElements = (std::int64_t{1} << 53) - 1;

class Network {
 public:
  // Chains the shapes. Errors name the layer ("layers[2]") and show the formula.
  static Result<Network> build(Shape input, std::vector<Layer> layers, std::optional<Loss> loss, Optimizer optimizer);

  const Shape& input() const { return input_; }
  const Shape& output() const { return layers_.empty() ? input_ : layers_.back().shapes.y; }
  const std::vector<NetworkLayer>& layers() const { return layers_; }
  const std::optional<Loss>& loss() const { return loss_; }
  const Optimizer& optimizer() const { return optimizer_; }
  int layer_count() const { return static_cast<int>(layers_.size()); }
  const NetworkLayer& layer(int i) const { return layers_[static_cast<std::size_t>(i)]; }
  // "conv1", or "loss" for i = layer_count().
  std::string_view name_of(int i) const { return i < layer_count() ? std::string_view(layer(i).name) : "loss"; }
  // The same layers with another optimizer.
  Network with(const Optimizer& optimizer) const;
  // False where a tensor is too large to be stored: such a network can be counted, not run.
  bool storable() const;

 private:
  Shape input_;
  std::vector<NetworkLayer> layers_;
  std::optional<Loss> loss_;
  Optimizer optimizer_;
};

// Weights and biases by layer; empty tensors where a layer has none.
struct Parameters {
  struct Pair {
    Tensor w, b;
  };
  std::vector<Pair> layers;
};

enum class Initialisation : std::uint8_t { he, glorot };

// He (normal, deviation sqrt(2 / fan_in)) or Glorot (uniform, +-sqrt(6 / (fan_in + fan_out))) weights, zero biases;
// one sequence of random numbers for the whole network. Source: He et al. 2015; Glorot and Bengio 2010.
Parameters initial_parameters(const Network& net, std::uint64_t seed, Initialisation rule);

}  // namespace backstep
