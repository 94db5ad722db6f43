#include "cost.h"

namespace backstep {
namespace {

std::int64_t stored(const Shape& shape) { return shape.is_none() ? 0 : shape.count(); }

// Numbers of one sample.
std::int64_t per_sample(const Shape& shape) {
  std::int64_t product = 1;
  for (int axis = 1; axis < shape.rank(); ++axis) product = saturating_mul(product, shape[axis]);
  return product;
}

}  // namespace

LayerCost layer_cost(const NetworkLayer& layer) {
  const LayerShapes& s = layer.shapes;
  LayerCost cost;
  cost.parameters = saturating_add(stored(s.w), stored(s.b));
  // A weight of one dimension scales channels (batch norm): there is no dense layer in its place.
  if (s.w.rank() >= 2) {
    cost.dense_parameters =
        saturating_add(saturating_mul(per_sample(s.x), per_sample(s.y)), s.b.is_none() ? 0 : per_sample(s.y));
  }
  cost.multiply_adds = std::visit([&](const auto& op) { return op.multiply_adds(s); }, layer.op);
  cost.outputs = s.y.count();
  return cost;
}

NetworkCost network_cost(const Network& net) {
  NetworkCost out;
  for (const NetworkLayer& layer : net.layers()) {
    const LayerCost cost = layer_cost(layer);
    out.total.parameters = saturating_add(out.total.parameters, cost.parameters);
    out.total.dense_parameters = saturating_add(out.total.dense_parameters, cost.dense_parameters);
    out.total.multiply_adds = saturating_add(out.total.multiply_adds, cost.multiply_adds);
    out.total.outputs = saturating_add(out.total.outputs, cost.outputs);
    out.layers.push_back(cost);
  }
  return out;
}

}  // namespace backstep
