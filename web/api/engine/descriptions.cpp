#include "web/api/engine/descriptions.h"

#include "engine/cost.h"
#include "engine/explain.h"
#include "engine/receptive_field.h"
#include "web/api/json_writer.h"

namespace backstep::api {
namespace {

void add_shape(JsonWriter& json, const Shape& shape) {
  json.begin('[');
  for (const std::int64_t extent : shape.extents()) json.number(extent);
  json.end(']');
}

void add_cost(JsonWriter& json, const LayerCost& cost) {
  json.key("parameters").number(cost.parameters);
  json.key("dense_parameters").number(cost.dense_parameters);
  json.key("multiply_adds").number(cost.multiply_adds);
  json.key("outputs").number(cost.outputs);
}

void add_pair(JsonWriter& json, std::string_view key, double h, double w) {
  json.key(key).begin('[').real(h).real(w).end(']');
}

void add_layer(JsonWriter& json, const NetworkLayer& layer, const LayerCost& cost, const ReceptiveField& field) {
  json.begin('{');
  json.key("name").text(layer.name);
  json.key("op").text(layer_op(layer.op));
  add_shape(json.key("output"), layer.shapes.y);
  add_shape(json.key("weight"), layer.shapes.w);
  add_shape(json.key("bias"), layer.shapes.b);
  add_cost(json, cost);
  add_pair(json, "receptive_field", field.h.size, field.w.size);
  add_pair(json, "jump", field.h.jump, field.w.jump);
  add_pair(json, "start", field.h.start, field.w.start);
  json.key("whole").boolean(field.whole);
  json.end('}');
}

// The name of a number that a layer reads, as steps and edits call it: x of conv2 is relu1.y, dy is the next layer's
// dx.
std::string operand_name(const Trace& trace, int layer, const Operand& operand) {
  const Network& net = trace.net();
  const StepIndex& steps = trace.steps();
  const Slot slot = operand.slot;
  if (const Block* block = steps.producer(layer, slot)) {
    return steps.name(CellRef{block->layer, block->slot, operand.index});
  }
  // What a pass starts from, and what a layer keeps for itself.
  const bool given = slot == Slot::x || slot == Slot::dy || slot == Slot::target;
  std::string name = std::string(net.name_of(layer)) + '.' + slot_name(slot);
  if (given) name = slot == Slot::x ? "input" : slot_name(slot);
  const Tensor* tensor = trace.tensor(layer, slot);
  const Shape shape = slot == Slot::x    ? net.input()
                      : slot == Slot::dy ? net.output()
                      : tensor           ? tensor->shape
                                         : Shape{net.output()[0]};  // class numbers
  const auto index = shape.unravel(operand.index);
  const int first = given && shape.rank() > 1 && shape[0] == 1 ? 1 : 0;
  for (int axis = first; axis < shape.rank(); ++axis) {
    name += (axis == first ? '[' : ',') + std::to_string(index[static_cast<std::size_t>(axis)]);
  }
  return name + ']';
}

void add_operand(JsonWriter& json, const Trace& trace, int layer, const Operand& operand, double value) {
  if (operand.slot == Slot::none) {
    json.null();
    return;
  }
  json.begin('{');
  json.key("cell").text(operand_name(trace, layer, operand));
  json.key("value").real(value);
  json.end('}');
}

}  // namespace

std::string describe_shape(const Shape& shape) {
  JsonWriter json;
  add_shape(json, shape);
  return json.str();
}

std::string describe_network(const Scene& scene) {
  const Network& net = *scene.problem.net;
  const NetworkCost cost = network_cost(net);
  const std::vector<ReceptiveField> fields = receptive_fields(net);
  JsonWriter json;
  json.begin('{');
  json.key("name").text(scene.name);
  json.key("title").text(scene.title);
  json.key("shapes_only").boolean(scene.shapes_only);
  add_shape(json.key("input"), net.input());
  json.key("layers").begin('[');
  for (std::size_t i = 0; i < net.layers().size(); ++i) add_layer(json, net.layers()[i], cost.layers[i], fields[i]);
  json.end(']');
  json.key("total").begin('{');
  add_cost(json, cost.total);
  json.end('}');
  json.key("steps").number(StepIndex(net).size());
  if (net.loss()) {
    json.key("loss").text(loss_op(*net.loss()));
    json.key("optimizer").text(optimizer_op(net.optimizer()));
  }
  json.end('}');
  return json.str();
}

std::string describe_step(const Trace& trace, std::int64_t step) {
  const StepIndex& steps = trace.steps();
  const Block& block = steps.block_of(step);
  const auto index = block.shape.unravel(step - block.first);
  JsonWriter json;
  json.begin('{');
  json.key("step").number(step);
  json.key("cell").text(steps.name(step));
  json.key("tensor").text(steps.tensor_name(block));
  json.key("index").begin('[');
  for (int axis = 0; axis < block.shape.rank(); ++axis) json.number(index[static_cast<std::size_t>(axis)]);
  json.end(']');
  json.key("phase").text(phase_name(block.phase));
  json.key("layer").text(trace.net().name_of(block.layer));
  json.key("terms").number(term_count(trace, step));
  json.end('}');
  return json.str();
}

std::string describe_explanation(const Trace& trace, std::int64_t step) {
  const Explanation e = explain(trace, step);
  JsonWriter json;
  json.begin('{');
  json.key("cell").text(trace.steps().name(step));
  json.key("value").real(static_cast<double>(e.value));
  json.key("folded").real(e.folded);
  json.key("finish").text(e.finish);
  json.key("fold").text(e.fold == Fold::sum ? "sum" : "maximum");
  json.key("terms").begin('[');
  for (const ExplainedTerm& term : e.terms) {
    json.begin('{');
    add_operand(json.key("a"), trace, e.layer, term.tap.a, term.a);
    add_operand(json.key("b"), trace, e.layer, term.tap.b, term.b);
    json.key("value").real(term.value);
    json.key("subtotal").real(term.subtotal);
    json.key("total").real(term.total);
    json.key("taken").boolean(term.taken);
    json.end('}');
  }
  json.end(']');
  json.key("shared").begin('[');
  for (const SharedOperand& shared : e.shared) add_operand(json, trace, e.layer, shared.operand, shared.value);
  json.end(']');
  json.end('}');
  return json.str();
}

}  // namespace backstep::api
