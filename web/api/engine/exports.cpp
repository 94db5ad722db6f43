// The exported C functions behind engine.mjs, by the names listed in web/engine_module.cmake.
//
// Each answers 1, or 0 for an error that backstep_text() then holds as JSON {code, where, message}. Other results lie
// in backstep_text(), backstep_number() and backstep_data() until the next call. Texts and numbers that come in belong
// to the caller. Pointers to networks and kernels are those that were handed out: web/api/engine/engine.mjs keeps them
// to itself, and checks everything else here.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/conv_task.h"
#include "engine/dataset.h"
#include "engine/explain.h"
#include "engine/live_network.h"
#include "engine/narration.h"
#include "engine/playlist.h"
#include "engine/trainer.h"
#include "engine/weights.h"
#include "web/api/engine/descriptions.h"
#include "web/api/json_writer.h"

namespace backstep::api {
namespace {

constexpr double kLargestInteger = 9007199254740991.0;  // exact in JavaScript too

struct Answer {
  std::string text;
  double number = 0.0;
  const void* data = nullptr;
  std::size_t count = 0;  // floats, or bytes of a file
};
Answer answer;
std::vector<std::uint8_t> file;
Dataset drawn;

int fail(const Error& error) {
  JsonWriter json;
  json.begin('{');
  json.key("code").text(error.code);
  json.key("where").text(error.where);
  json.key("message").text(error.message);
  json.end('}');
  answer.text = json.str();
  return 0;
}

int say(std::string text) {
  answer.text = std::move(text);
  return 1;
}

int done(const Status& status) { return status ? 1 : fail(status.error()); }

int give(double number) {
  answer.number = number;
  return 1;
}

int show(const float* data, std::size_t count) {
  answer.data = data;
  answer.count = count;
  return 1;
}

std::string_view view(const char* text, std::size_t size) { return {text, size}; }

// A count or position that came as JavaScript's number; -1 for what is none.
std::int64_t whole(double number) {
  return number >= 0.0 && number <= kLargestInteger && std::floor(number) == number ? static_cast<std::int64_t>(number)
                                                                                    : -1;
}

Error no_such_step(const Trace& trace, double step) {
  JsonWriter found;
  found.real(step);
  return {"cell.step", "step",
          "expected a step from 0 to " + std::to_string(trace.size() - 1) + ", found " + found.str()};
}

// body(trace, step) for a step that exists.
template <class Body>
int at_step(LiveNetwork& network, double number, Body&& body) {
  const auto trace = network.trace();
  if (!trace) return fail(trace.error());
  const std::int64_t step = whole(number);
  if (step < 0 || step >= (*trace)->size()) return fail(no_such_step(**trace, number));
  return body(**trace, step);
}

Slot slot_of(int letter) {
  switch (letter) {
    case 'x': return Slot::x;
    case 'w': return Slot::w;
    case 'b': return Slot::b;
    case 'y': return Slot::y;
    case 'X': return Slot::dx;
    case 'W': return Slot::dw;
    case 'B': return Slot::db;
    case 'Y': return Slot::dy;
    default: return Slot::none;
  }
}

}  // namespace

extern "C" {

const char* backstep_text() { return answer.text.data(); }
std::size_t backstep_text_size() { return answer.text.size(); }
double backstep_number() { return answer.number; }
const void* backstep_data() { return answer.data; }
std::size_t backstep_count() { return answer.count; }

int backstep_presets() {
  JsonWriter json;
  json.begin('[');
  for (const PresetInfo& preset : presets()) {
    json.begin('{');
    json.key("name").text(preset.name);
    json.key("title").text(preset.title);
    json.key("document").text(preset.json);
    json.end('}');
  }
  json.end(']');
  return say(json.str());
}

// `address`: a JSON object of texts as in the page's address. The network is the answer; null for an error.
LiveNetwork* backstep_network_new(const char* address, std::size_t size, double batch) {
  auto parsed = parse_address(view(address, size));
  if (!parsed) {
    fail(parsed.error());
    return nullptr;
  }
  auto network = LiveNetwork::make(std::move(parsed->scene), whole(batch));
  if (!network) {
    fail(network.error());
    return nullptr;
  }
  return new LiveNetwork(std::move(*network));
}
void backstep_network_delete(LiveNetwork* network) { delete network; }

int backstep_network_forward(LiveNetwork* network) { return done(network->forward()); }
int backstep_network_backward(LiveNetwork* network) { return done(network->backward()); }
int backstep_network_record(LiveNetwork* network) {
  const auto trace = network->trace();
  return trace ? give(static_cast<double>((*trace)->size())) : fail(trace.error());
}
int backstep_network_train(LiveNetwork* network, double steps) {
  const auto loss = network->train(whole(steps));
  return loss ? give(static_cast<double>(*loss)) : fail(loss.error());
}

int backstep_network_describe(LiveNetwork* network) { return say(describe_network(network->scene())); }
int backstep_network_document(LiveNetwork* network) { return say(write_scene(network->scene())); }
int backstep_network_tensor_names(LiveNetwork* network) {
  JsonWriter json;
  json.begin('[');
  for (const std::string& name : network->tensor_names()) json.text(name);
  json.end(']');
  return say(json.str());
}

// The floats in place, and the shape as JSON.
int backstep_network_tensor(LiveNetwork* network, const char* name, std::size_t size) {
  const auto tensor = network->tensor(view(name, size));
  if (!tensor) return fail(tensor.error());
  say(describe_shape(tensor->shape));
  return show(tensor->data.data(), tensor->data.size());
}
int backstep_network_set(LiveNetwork* network, const char* name, std::size_t size, const float* values,
                         std::size_t count) {
  return done(network->set(view(name, size), {values, count}));
}
int backstep_network_edit(LiveNetwork* network, const char* edits, std::size_t size) {
  return done(network->edit(view(edits, size)));
}

int backstep_network_weights(LiveNetwork* network) {
  if (network->scene().shapes_only) return done(network->forward());
  file = write_weights(network->net(), *network->scene().problem.parameters);
  answer.data = file.data();
  answer.count = file.size();
  return 1;
}
int backstep_network_set_weights(LiveNetwork* network, const std::uint8_t* bytes, std::size_t size) {
  if (network->scene().shapes_only) return done(network->forward());
  auto parameters = read_weights({bytes, size}, network->net());
  return parameters ? done(network->set_parameters(std::move(*parameters))) : fail(parameters.error());
}

int backstep_network_hash(LiveNetwork* network) {
  const auto trace = network->trace();
  return trace ? say(hash_text((*trace)->hash())) : fail(trace.error());
}
int backstep_network_parameters_hash(LiveNetwork* network) {
  if (network->scene().shapes_only) return done(network->forward());
  return say(hash_text(parameters_hash(*network->scene().problem.parameters)));
}

// The step that computes a cell.
int backstep_network_step_of(LiveNetwork* network, const char* cell, std::size_t size) {
  const auto step = StepIndex(network->net()).parse(view(cell, size));
  return step ? give(static_cast<double>(*step)) : fail(step.error());
}
int backstep_network_step(LiveNetwork* network, double step) {
  return at_step(*network, step, [](const Trace& trace, std::int64_t i) { return say(describe_step(trace, i)); });
}
// Any cell by its name, one that a pass starts from or one that it computes.
int backstep_network_value(LiveNetwork* network, const char* cell, std::size_t size) {
  const auto trace = network->trace();
  if (!trace) return fail(trace.error());
  const auto found = parse_any_cell(network->net(), (*trace)->steps(), view(cell, size));
  if (!found) return fail(found.error());
  const Tensor* tensor = (*trace)->tensor(found->layer, found->slot);
  return give(tensor ? static_cast<double>((*tensor)[found->index])
                     : static_cast<double>((*(*trace)->problem().classes)[found->index]));
}
int backstep_network_explain(LiveNetwork* network, double step) {
  return at_step(*network, step,
                 [](const Trace& trace, std::int64_t i) { return say(describe_explanation(trace, i)); });
}
// With all terms added for a negative `terms`.
int backstep_network_narrate(LiveNetwork* network, double step, double terms) {
  return at_step(*network, step, [&](const Trace& trace, std::int64_t i) {
    if (terms < 0.0) return say(narrate(trace, i));
    const std::int64_t most = term_count(trace, i), some = whole(terms);
    if (some >= 0 && some <= most) return say(narrate(trace, i, some));
    return fail({"cell.term", "term", "expected from 0 to " + std::to_string(most) + " terms"});
  });
}

// Pictures and their class numbers, one after the other.
int backstep_draw(double channels, double height, double width, double classes, double count, double seed) {
  const std::int64_t C = whole(channels), H = whole(height), W = whole(width), n = whole(count), s = whole(seed);
  if (C < 1 || H < 1 || W < 1 || n < 1 || s < 0 ||
      saturating_mul(saturating_mul(C, n), saturating_mul(H, W)) > kMaxStoredElements) {
    return fail({"dataset.shape", "",
                 "expected whole numbers and at most " + std::to_string(kMaxStoredElements) + " numbers in all"});
  }
  auto split = draw_dataset(Shape{1, C, H, W}, whole(classes), n, 1, static_cast<std::uint64_t>(s));
  if (!split) return fail(split.error());
  drawn = std::move(split->train);
  return show(drawn.images.data.data(), drawn.images.data.size());
}
int backstep_drawn_labels() {
  answer.data = drawn.labels.data.data();
  answer.count = drawn.labels.data.size();
  return 1;
}

// `layer`: a JSON object, docs/engine-module.md. Null for an error.
ConvTask* backstep_conv_new(const char* layer, std::size_t size) {
  auto task = parse_conv_task(view(layer, size));
  if (!task) {
    fail(task.error());
    return nullptr;
  }
  const LayerShapes& s = task->shapes();
  JsonWriter json;
  json.begin('{');
  for (const auto& [name, shape] : {std::pair{"x", &s.x}, {"w", &s.w}, {"b", &s.b}, {"y", &s.y}}) {
    json.key(name).begin('[');
    for (const std::int64_t extent : shape->extents()) json.number(extent);
    json.end(']');
  }
  json.end('}');
  say(json.str());
  return new ConvTask(std::move(*task));
}
void backstep_conv_delete(ConvTask* task) { delete task; }

// Room for the numbers of backstep_conv_set; null where it asks for more than any tensor of the task has.
float* backstep_conv_staging(ConvTask* task, std::size_t count) {
  if (count > static_cast<std::size_t>(ConvTask::kMaxElements)) return nullptr;
  return task->staging(static_cast<std::int64_t>(count)).data();
}
// Letters: x w b and Y, the gradient of y.
int backstep_conv_set(ConvTask* task, int letter, const float* values, std::size_t count) {
  return done(task->set(slot_of(letter), {values, count}));
}
void backstep_conv_forward(ConvTask* task, int relu) { task->forward(relu != 0); }
void backstep_conv_backward_input(ConvTask* task) { task->backward_input(); }
void backstep_conv_backward_weights(ConvTask* task) { task->backward_weights(); }
// Letters: y, and X W B for the gradients of x, w and b.
int backstep_conv_get(ConvTask* task, int letter) {
  const auto values = task->get(slot_of(letter));
  return values ? show(values->data(), values->size()) : fail(values.error());
}

}  // extern "C"
}  // namespace backstep::api
