#include "network.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "rng.h"

namespace backstep {

Result<Network> Network::build(Shape input, std::vector<Layer> layers, std::optional<Loss> loss, Optimizer optimizer) {
  if (layers.size() > kMaxLayers) {
    return Error{"network.layers", "layers",
                 "at most " + std::to_string(kMaxLayers) + " layers, found " + std::to_string(layers.size())};
  }
  const auto too_large = [](const Shape& shape, const std::string& where) {
    return Error{"network.size", where,
                 "expected at most " + std::to_string(kMaxCountedElements) + " numbers, found " + shape.text()};
  };
  if (input.count() > kMaxCountedElements) return too_large(input, "input.shape");
  Network net;
  net.input_ = input;
  net.loss_ = loss;
  net.optimizer_ = optimizer;
  std::map<std::string_view, int> numbers;
  Shape x = input;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    auto shapes = std::visit([&](const auto& layer) { return layer.shapes(x); }, layers[i]);
    if (!shapes) {
      return Error{"network." + shapes.error().code, "layers[" + std::to_string(i) + "]", shapes.error().message};
    }
    if (shapes->y.count() > kMaxCountedElements) return too_large(shapes->y, "layers[" + std::to_string(i) + "]");
    const std::string_view name = layer_name(layers[i]);
    x = shapes->y;
    net.layers_.push_back({layers[i], std::string(name) + std::to_string(++numbers[name]), *shapes});
  }
  if (loss) {
    if (auto ok = check_loss(*loss, x); !ok) return Error{"network.shape", "loss", ok.error().message};
  }
  return net;
}

Network Network::with(const Optimizer& optimizer) const {
  Network out = *this;
  out.optimizer_ = optimizer;
  return out;
}

bool Network::storable() const {
  return input_.count() <= kMaxStoredElements && std::all_of(layers_.begin(), layers_.end(), [](const auto& layer) {
           return layer.shapes.y.count() <= kMaxStoredElements &&
                  (layer.shapes.w.is_none() || layer.shapes.w.count() <= kMaxStoredElements);
         });
}

Parameters initial_parameters(const Network& net, std::uint64_t seed, Initialisation rule) {
  Rng rng(seed);
  Parameters out;
  for (const NetworkLayer& layer : net.layers()) {
    Parameters::Pair& pair = out.layers.emplace_back();
    const Shape& w = layer.shapes.w;
    if (!layer.shapes.b.is_none()) pair.b.reset(layer.shapes.b);
    if (w.is_none()) continue;
    pair.w.reset(w);
    const auto fans = std::visit([&](const auto& op) { return op.fans(layer.shapes); }, layer.op);
    if (!fans) {
      std::fill(pair.w.data.begin(), pair.w.data.end(), 1.0F);
      continue;
    }
    const double fan_in = static_cast<double>(fans->in), fan_out = static_cast<double>(fans->out);
    const double deviation = std::sqrt(2.0 / fan_in);
    const double bound = std::sqrt(6.0 / (fan_in + fan_out));
    for (float& value : pair.w.data) {
      value = static_cast<float>(rule == Initialisation::he ? deviation * rng.normal()
                                                            : bound * (2.0 * rng.uniform() - 1.0));
    }
  }
  return out;
}

}  // namespace backstep
