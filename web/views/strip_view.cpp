#include "web/views/strip_view.h"

#include <algorithm>

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
  return n == 0 ? "" : format_count(n) + " parameters";
}

// Channels, rows, columns; one channel and one number go without saying.
std::string shape_text(const Shape& shape) {
  if (shape.count() == 1) return "";
  if (shape.rank() == 4 && shape[0] == 1 && shape[1] == 1) {
    return std::to_string(shape[2]) + "×" + std::to_string(shape[3]);
  }
  return shape.times_text();
}

StripMap make_map(const Trace& trace, int layer, Slot slot) {
  StripMap map;
  const Tensor* tensor = slot == Slot::none ? nullptr : trace.tensor(layer, slot);
  if (!tensor || tensor->empty()) return map;
  map.layer = layer;
  map.slot = slot;
  map.planes = map_planes(tensor->shape);
  map.scale = ui::symmetric_scale(tensor->data);
  // Shares are parts of one; a lone number would otherwise always have the strongest colour.
  if (slot == Slot::p || slot == Slot::value) map.scale = std::max(1.0F, map.scale);
  const Block* made = trace.steps().producer(layer, slot);
  map.go = made ? made->first : 0;
  return map;
}

}  // namespace

void refresh(StripView& strip, const app::Model& model) {
  const Trace& trace = *model.trace;
  if (strip.trace == model.trace && strip.hash == model.hash) return;
  strip.trace = model.trace;
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
    node.value = make_map(trace, layer, slot);
    if (node.value.slot == Slot::none) return;
    node.name = std::move(name);
    node.detail = shape_text(trace.tensor(layer, slot)->shape);
    node.note = std::move(note);
    node.gradient = make_map(trace, layer, gradient);
    if (slot == Slot::y && !net.layer(layer).shapes.w.is_none()) {
      node.weight = make_map(trace, layer, Slot::w);
      node.weight.go = node.value.go;
      node.weight_gradient = make_map(trace, layer, Slot::dw);
    }
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
  using Part = StripPlace::Part;
  const Block& block = model.trace->steps().block_of(model.step());
  const Tensor* tensor = model.trace->tensor(block.layer, block.slot);
  for (std::size_t i = 0; i < strip.nodes.size(); ++i) {
    const StripNode& node = strip.nodes[i];
    const auto is = [&](const StripMap& map) {
      return map.slot != Slot::none && model.trace->tensor(map.layer, map.slot) == tensor;
    };
    const int at = static_cast<int>(i);
    if (is(node.value)) return {at, Part::value};
    if (is(node.gradient)) return {at, Part::gradient};
    // Biases have no map of their own: they belong to the weights'.
    if (node.value.layer != block.layer || node.weight.slot == Slot::none) continue;
    if (block.slot == Slot::dw || block.slot == Slot::db) return {at, Part::weight_gradient};
    if (block.phase == Phase::update) return {at, Part::weight};
  }
  return {};
}

}  // namespace backstep::views
