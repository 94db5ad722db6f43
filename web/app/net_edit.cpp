#include "web/app/net_edit.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "engine/scene/cell_names.h"
#include "engine/scene/json_text.h"
#include "engine/scene/json_tree.h"

namespace backstep::app {
namespace {

// A layer of the network to be, and where its weights come from.
struct Draft {
  Layer op;
  int from = -1;
};

struct Plan {
  std::shared_ptr<const Network> net;
  std::vector<int> from;
};

std::string quoted(std::string_view key, const std::string& json) { return "\"" + std::string(key) + "\":" + json; }

// The layer with one attribute changed; an empty value: as usual. What the value may be is the parser's to say.
Result<Layer> with_attribute(const Layer& layer, const std::string& name, const std::string& value) {
  // One value, and not the rest of an object besides.
  if (!value.empty()) {
    if (const auto tree = JsonTree::parse(value); !tree) return tree.error();
  }
  std::string json = "{" + quoted("op", json_string(layer_op(layer)));
  bool known = false;
  for (const LayerAttribute& attribute : layer_attributes(layer)) {
    const bool own = attribute.name == name;
    known = known || own;
    if (own ? !value.empty() : !attribute.usual) json += "," + quoted(attribute.name, own ? value : attribute.text);
  }
  if (!known) return Error{"edit.attribute", name, "expected an attribute of " + std::string(layer_op(layer))};
  return parse_layer(json + "}");
}

// A layer of this type that changes shapes as little as possible.
Result<Layer> new_layer(const std::string& op, const Shape& x) {
  std::string json = "{" + quoted("op", json_string(op));
  const std::int64_t width = x.rank() > 1 ? x[1] : 1;
  if (op == "conv2d") json += R"(,"kernel":3,"padding":"same")";
  if (op == "conv_transpose2d") json += R"(,"kernel":2,"stride":2)";
  if (op.starts_with("conv") || op == "dense") json += ",\"out\":" + std::to_string(width);
  if (op == "max_pool2d" || op == "avg_pool2d") json += R"(,"kernel":2)";
  return parse_layer(json + "}");
}

Status apply(const Network& net, const EditLayer& e, std::vector<Draft>& drafts) {
  for (int i = 0; i < net.layer_count(); ++i) drafts.push_back({net.layer(i).op, i});
  const bool adds = e.attribute.empty() && e.op != "remove" && e.op != "up" && e.op != "down";
  if (e.layer < (adds ? -1 : 0) || e.layer >= net.layer_count()) {
    return Error{
        "edit.layer", "layer",
        "expected a layer from 0 to " + std::to_string(net.layer_count() - 1) + ", found " + std::to_string(e.layer)};
  }
  const auto at = drafts.begin() + e.layer;
  if (!e.attribute.empty()) {
    auto layer = with_attribute(at->op, e.attribute, e.value);
    if (!layer) return layer.error();
    at->op = *layer;
  } else if (adds) {
    auto layer = new_layer(e.op, e.layer < 0 ? net.input() : net.layer(e.layer).shapes.y);
    if (!layer) return layer.error();
    drafts.insert(at + 1, {*layer, -1});
  } else if (e.op == "remove") {
    if (drafts.size() == 1) return Error{"edit.layer", "", "a network has at least one layer"};
    drafts.erase(at);
  } else {
    const int to = e.layer + (e.op == "up" ? -1 : 1);
    if (to < 0 || to >= net.layer_count()) {
      return Error{"edit.layer", "", e.op == "up" ? "it is the first layer" : "it is the last layer"};
    }
    std::iter_swap(at, drafts.begin() + to);
  }
  return Nothing{};
}

// The present layer that an error about "layers[3]" of the planned network speaks of; -1: none, or a new one.
int draft_of(const std::string& where, const std::vector<int>& from) {
  int at = -1;
  if (std::sscanf(where.c_str(), "layers[%d]", &at) != 1 || at < 0) return -1;
  return at < static_cast<int>(from.size()) ? from[static_cast<std::size_t>(at)] : -1;
}

Result<Plan> plan(const Scene& scene, const EditLayer& e) {
  const Network& net = *scene.problem.net;
  std::vector<Draft> drafts;
  if (auto ok = apply(net, e, drafts); !ok) return ok.error();
  std::vector<Layer> ops;
  Plan out;
  for (const Draft& draft : drafts) {
    ops.push_back(draft.op);
    out.from.push_back(draft.from);
  }
  auto built = Network::build(net.input(), std::move(ops), net.loss(), net.optimizer());
  if (!built) {
    // "layers[3]" says little to somebody who looks at names; and often it is not the layer that he changes.
    Error error = built.error();
    const int from = draft_of(error.where, out.from);
    if (from >= 0 && from != e.layer) error.message = "in " + net.layer(from).name + ": " + error.message;
    error.where.clear();
    return error;
  }
  if (auto ok = check_size(*built, scene.shapes_only); !ok) return ok.error();
  if (scene.problem.classes) {
    const auto& classes = scene.problem.classes->data;
    const std::int64_t most = *std::max_element(classes.begin(), classes.end());
    const std::int64_t outputs = built->output()[1];
    if (most >= outputs) {
      return Error{"edit.target", "",
                   "the target is class " + std::to_string(most) + ", and there would be " + std::to_string(outputs) +
                       " outputs; choose another target first"};
    }
  }
  out.net = std::make_shared<const Network>(std::move(*built));
  return out;
}

// The same tensor where it fits, else one of the new shape.
std::shared_ptr<const Tensor> fitting(const std::shared_ptr<const Tensor>& tensor, const Shape& shape, float fill) {
  if (!tensor || tensor->shape == shape) return tensor;
  auto out = std::make_shared<Tensor>(shape);
  std::fill(out->data.begin(), out->data.end(), fill);
  return out;
}

std::vector<std::string> still_there(const Network& net, const std::vector<std::string>& names) {
  const StepIndex steps(net);
  std::vector<std::string> out;
  for (const std::string& name : names) {
    if (check_cell_name(net, steps, name)) out.push_back(name);
  }
  return out;
}

std::string problem_of(const Scene& scene, const EditLayer& e) {
  const auto planned = plan(scene, e);
  return planned ? "" : planned.error().message;
}

struct Range {
  const char* name;
  int low, high;
};
// Values worth offering; whether they are possible is the engine's to say.
constexpr Range kRanges[] = {{"out", 1, 16},     {"kernel", 1, 7}, {"stride", 1, 4},        {"padding", 0, 4},
                             {"dilation", 1, 4}, {"groups", 1, 8}, {"output_padding", 0, 3}};

std::vector<std::string> candidates(const Layer& layer, const LayerAttribute& attribute) {
  std::vector<std::string> out;
  if (attribute.text == "true" || attribute.text == "false") return {"true", "false"};
  for (const Range& range : kRanges) {
    if (attribute.name != range.name) continue;
    for (int i = range.low; i <= range.high; ++i) out.push_back(std::to_string(i));
  }
  if (out.empty()) return out;
  if (attribute.name == "padding" && layer_op(layer) == "conv2d") {
    out.insert(out.end(), {"\"valid\"", "\"same\"", "\"full\""});
  }
  // What it is now is always among them; at its default it may have no value that a document could say.
  const auto now = std::find(out.begin(), out.end(), attribute.text);
  if (now == out.end()) out.insert(out.begin(), attribute.usual ? "" : attribute.text);
  return out;
}

std::string label_of(const std::string& value) {
  if (value.empty()) return "as usual";
  std::string out;
  for (const char c : value) {
    if (c == ',') out += "×";
    if (c != '"' && c != '[' && c != ']' && c != ',') out += c;
  }
  return out == "true" ? "yes" : out == "false" ? "no" : out;
}

AttributeChoices choices_of(const Scene& scene, int layer, const Layer& op, const LayerAttribute& attribute) {
  AttributeChoices out{attribute.name, attribute.text, {}};
  for (const std::string& value : candidates(op, attribute)) {
    const bool now = value == attribute.text;
    out.choices.push_back({value, label_of(value), now ? "" : problem_of(scene, {layer, attribute.name, value, ""})});
    if (value.empty()) out.value.clear();
  }
  return out;
}

template <class... L>
std::vector<std::string> op_names(const std::variant<L...>*) {
  return {L::kOp...};
}

}  // namespace

std::vector<LayerChoices> layer_choices(const Scene& scene) {
  const Network& net = *scene.problem.net;
  const std::vector<std::string> ops = op_names(static_cast<const Layer*>(nullptr));
  std::vector<LayerChoices> out;
  for (int i = -1; i < net.layer_count(); ++i) {
    LayerChoices& entry = out.emplace_back();
    entry.name = i < 0 ? "input" : net.layer(i).name;
    entry.shapes = i < 0 ? net.input().times_text()
                         : net.layer(i).shapes.x.times_text() + " → " + net.layer(i).shapes.y.times_text();
    for (const std::string& op : ops) entry.adds.push_back({op, op, problem_of(scene, {i, "", "", op})});
    if (i < 0) continue;
    for (const char* act : {"up", "down", "remove"})
      entry.acts.push_back({act, act, problem_of(scene, {i, "", "", act})});
    const Layer& layer = net.layer(i).op;
    for (const LayerAttribute& attribute : layer_attributes(layer)) {
      // Lists of numbers (running means) are no choice of the reader's.
      if (attribute.text.starts_with("[") && attribute.name.starts_with("running")) continue;
      entry.attributes.push_back(choices_of(scene, i, layer, attribute));
    }
  }
  return out;
}

Result<Scene> edit_layer(const Scene& scene, const EditLayer& intent) {
  auto planned = plan(scene, intent);
  if (!planned) return planned.error();
  const Network& net = *planned->net;
  const Seed seed = scene.seed.value_or(Seed{});
  Parameters fresh = initial_parameters(net, seed.value, seed.rule);
  for (int i = 0; i < net.layer_count(); ++i) {
    const int from = planned->from[static_cast<std::size_t>(i)];
    if (from < 0) continue;
    const Parameters::Pair& old = scene.problem.parameters->layers[static_cast<std::size_t>(from)];
    Parameters::Pair& pair = fresh.layers[static_cast<std::size_t>(i)];
    if (old.w.shape == pair.w.shape) pair.w = old.w;
    if (old.b.shape == pair.b.shape) pair.b = old.b;
  }
  Scene out = scene;
  out.problem.net = planned->net;
  out.problem.parameters = std::make_shared<const Parameters>(std::move(fresh));
  out.problem.dy = fitting(scene.problem.dy, net.output(), 1.0F);
  out.problem.target = fitting(scene.problem.target, net.output(), 0.0F);
  const auto outputs = net.output().rank() == 2 ? static_cast<std::size_t>(net.output()[1]) : 0;
  if (out.class_names.size() != outputs) out.class_names.clear();
  out.covers = still_there(net, scene.covers);
  out.locks = still_there(net, scene.locks);
  return out;
}

}  // namespace backstep::app
