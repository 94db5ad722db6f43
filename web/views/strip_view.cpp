#include "web/views/strip_view.h"

#include "engine/format.h"
#include "web/widgets/colour.h"

namespace backstep::views {
namespace {

constexpr std::int64_t kLongestRow = 12;  // features of a vector in one row

// Vectors of many features are folded to something like a square.
Planes map_planes(const Shape& shape) {
  Planes planes = planes_of(shape);
  if (shape.rank() == 2 && shape[0] == 1 && shape[1] > kLongestRow) {
    for (std::int64_t rows = 2; rows * rows <= shape[1]; ++rows) {
      if (shape[1] % rows == 0) planes.rows = rows, planes.cols = shape[1] / rows;
    }
  }
  return planes;
}

std::string parameters(const LayerShapes& s) {
  const std::int64_t n = (s.w.is_none() ? 0 : s.w.count()) + (s.b.is_none() ? 0 : s.b.count());
  return n == 0 ? "" : format_count(n) + " weights";
}

float scale_of(const Tensor* tensor) { return tensor ? ui::symmetric_scale(tensor->data) : 0; }

}  // namespace

void refresh(StripView& strip, const app::Model& model) {
  const Trace& trace = *model.trace;
  if (strip.trace == &trace && strip.hash == model.hash) return;
  strip.trace = &trace;
  strip.hash = model.hash;
  ++strip.version;
  strip.nodes.clear();
  strip.backward = trace.size();
  for (const Block& block : trace.steps().blocks()) {
    if (block.phase != Phase::backward) continue;
    strip.backward = block.first;
    break;
  }
  const Network& net = trace.net();
  const auto add = [&](std::string name, int layer, Slot slot, Slot gradient, std::string note) {
    StripNode node;
    const Tensor* tensor = trace.tensor(layer, slot);
    if (!tensor || tensor->empty()) return;
    node.name = std::move(name);
    node.detail = tensor->shape.times_text();
    node.note = std::move(note);
    node.layer = layer;
    node.slot = slot;
    node.gradient = gradient;
    node.planes = map_planes(tensor->shape);
    const Block* value = trace.steps().producer(layer, slot);
    const Block* back = gradient == Slot::none ? nullptr : trace.steps().producer(layer, gradient);
    node.go_value = value ? value->first : 0;
    node.go_gradient = back ? back->first : -1;
    node.scale = scale_of(tensor);
    node.gradient_scale = gradient == Slot::none ? 0 : scale_of(trace.tensor(layer, gradient));
    strip.nodes.push_back(std::move(node));
  };
  add("X", 0, Slot::x, Slot::dx, "input");
  for (int i = 0; i < net.layer_count(); ++i) {
    if (std::holds_alternative<Flatten>(net.layer(i).op)) continue;
    add(net.layer(i).name, i, Slot::y, Slot::dy, parameters(net.layer(i).shapes));
  }
  if (!net.loss()) return;
  if (std::holds_alternative<SoftmaxCrossEntropy>(*net.loss())) {
    add("softmax", net.layer_count(), Slot::p, Slot::none, "shares");
  }
  add("loss", net.layer_count(), Slot::value, Slot::none, "");
}

StripPlace place_of_step(const StripView& strip, const app::Model& model) {
  const Block& block = model.trace->steps().block_of(model.step());
  const Tensor* tensor = model.trace->tensor(block.layer, block.slot);
  for (std::size_t i = 0; i < strip.nodes.size(); ++i) {
    const StripNode& node = strip.nodes[i];
    const bool own = model.trace->tensor(node.layer, node.slot) == tensor;
    const bool back = node.gradient != Slot::none && model.trace->tensor(node.layer, node.gradient) == tensor;
    // Weights have no map of their own: they belong to the layer's.
    const bool weights = node.layer == block.layer && node.slot == Slot::y &&
                         (block.slot == Slot::dw || block.slot == Slot::db || block.phase == Phase::update);
    if (own || back || weights) return {static_cast<int>(i), back && !own};
  }
  return {};
}

}  // namespace backstep::views
