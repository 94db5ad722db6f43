#include "network_case.h"

#include <algorithm>

#include "operations.h"

namespace backstep::verify {
namespace {

constexpr IntBounds kStepBounds{0, 100000, true};

Error at_layer(std::int64_t i, const Error& error) {
  return {error.code, "layer." + std::to_string(i) + (error.where.empty() ? "" : " " + error.where), error.message};
}

// "conv2d name=c1 in=1 out=4 …": the op's name under "op", the other words by their keys.
Result<TextAttributes> layer_words(const std::string& text) {
  TextAttributes out;
  for (const std::string& word : split(text, ' ')) {
    if (out.empty()) {
      out["op"] = word;
      continue;
    }
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) return Error{"verify.attribute", word, "expected key=value"};
    out[word.substr(0, equals)] = word.substr(equals + 1);
  }
  if (out.empty()) return Error{"verify.op", "", "no op"};
  return out;
}

const Tensor* parameter(const VectorCase& c, const std::string& layer, const char* which) {
  return layer.empty() ? nullptr : c.file.find_f32("param." + layer + "." + which);
}

struct LayerList {
  std::vector<Layer> layers;
  std::vector<std::string> names;
};

Result<LayerList> read_layers(const VectorCase& c) {
  std::int64_t count = 0;
  TextAttributeReader reader(c.attributes);
  reader("layer_count", count, IntBounds{1, static_cast<std::int64_t>(kMaxLayers), true});
  if (reader.error()) return *reader.error();
  LayerList out;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto text = c.attributes.find("layer." + std::to_string(i));
    if (text == c.attributes.end()) return at_layer(i, {"verify.attribute", "", "missing attribute"});
    auto words = layer_words(text->second);
    if (!words) return at_layer(i, words.error());
    const std::string op = (*words)["op"];
    const auto named = words->find("name");
    const std::string name = named == words->end() ? "" : named->second;
    const auto layer = make_op<Layer>(op, with_defaults(*words, parameter(c, name, "w"), parameter(c, name, "b"), op));
    if (!layer) return at_layer(i, layer.error());
    out.layers.push_back(*layer);
    out.names.push_back(name);
  }
  return out;
}

Result<Loss> read_loss(const VectorCase& c) {
  const auto op = c.attributes.find("loss_op");
  if (op == c.attributes.end()) return Error{"verify.attribute", "loss_op", "missing attribute"};
  return make_op<Loss>(op->second, c.attributes);
}

Result<Parameters> read_parameters(const VectorCase& c, const Network& net, const std::vector<std::string>& names) {
  Parameters out;
  for (int i = 0; i < net.layer_count(); ++i) {
    const LayerShapes& s = net.layer(i).shapes;
    const std::string prefix = "param." + names[static_cast<std::size_t>(i)] + ".";
    Parameters::Pair& pair = out.layers.emplace_back();
    if (!s.w.is_none()) {
      const auto w = input_f32(c, prefix + "w", s.w);
      if (!w) return at_layer(i, w.error());
      pair.w = **w;
    }
    if (!s.b.is_none()) {
      const auto b = input_f32(c, prefix + "b", s.b);
      if (!b) return at_layer(i, b.error());
      pair.b = **b;
    }
  }
  return out;
}

void one_pass(const NetworkCase& net_case, const Trace& trace, Computed& out) {
  const int n = trace.net().layer_count();
  for (int i = 0; i < n; ++i) {
    const std::string number = std::to_string(i);
    const std::string& name = net_case.names[static_cast<std::size_t>(i)];
    out["act." + number] = trace.record(i).y;
    out["dact." + number] = *trace.tensor(i, Slot::dy);
    if (!trace.record(i).dw.empty()) out["grad." + name + ".w"] = trace.record(i).dw;
    if (!trace.record(i).db.empty()) out["grad." + name + ".b"] = trace.record(i).db;
  }
  out["dx"] = trace.record(0).dx;
  out["loss"] = trace.loss().value;
}

// `steps` updates on the same batch; prefix "sgd." or "adam.".
Status train(const VectorCase& c, const NetworkCase& net_case, const std::string& op, Isa isa, Computed& out) {
  std::int64_t steps = 0;
  TextAttributeReader reader(c.attributes);
  reader("steps", steps, kStepBounds);
  if (reader.error()) return *reader.error();
  const std::string prefix = op + ".";
  const auto optimizer = make_op<Optimizer>(op, with_prefix(c.attributes, prefix));
  if (!optimizer) return Error{optimizer.error().code, prefix + optimizer.error().where, optimizer.error().message};

  struct LayerState {
    OptimizerState w, b;
  };
  std::vector<LayerState> states(net_case.names.size());
  Problem problem = net_case.problem;
  UpdateCount count;
  Tensor losses(Shape{steps + 1});
  for (std::int64_t step = 0;; ++step) {
    problem.draw = step;
    const auto trace = record(problem, isa);
    losses[step] = trace->loss().value[0];
    if (step == steps) break;
    auto next = std::make_shared<Parameters>(*problem.parameters);
    count.advance(*optimizer);
    for (std::size_t i = 0; i < next->layers.size(); ++i) {
      Parameters::Pair& pair = next->layers[i];
      const LayerRecord& r = trace->record(static_cast<int>(i));
      if (!pair.w.empty()) update(*optimizer, count, pair.w, r.dw, states[i].w, pair.w);
      if (!pair.b.empty()) update(*optimizer, count, pair.b, r.db, states[i].b, pair.b);
    }
    problem.parameters = next;
  }
  out[prefix + "loss"] = std::move(losses);
  for (std::size_t i = 0; i < net_case.names.size(); ++i) {
    const Parameters::Pair& pair = problem.parameters->layers[i];
    if (!pair.w.empty()) out[prefix + "param." + net_case.names[i] + ".w"] = pair.w;
    if (!pair.b.empty()) out[prefix + "param." + net_case.names[i] + ".b"] = pair.b;
  }
  return Nothing{};
}

}  // namespace

Result<NetworkCase> network_of(const VectorCase& c) {
  auto list = read_layers(c);
  if (!list) return list.error();
  const auto loss = read_loss(c);
  if (!loss) return loss.error();
  const auto x = input_f32(c, "x");
  if (!x) return x.error();
  auto net = Network::build((*x)->shape, std::move(list->layers), *loss, Sgd{});
  if (!net) return net.error();
  auto parameters = read_parameters(c, *net, list->names);
  if (!parameters) return parameters.error();
  NetworkCase out;
  out.names = std::move(list->names);
  out.problem.net = std::make_shared<Network>(std::move(*net));
  out.problem.parameters = std::make_shared<Parameters>(std::move(*parameters));
  out.problem.input = std::make_shared<Tensor>(**x);
  if (const IndexTensor* classes = c.file.find_i32("target")) {
    out.problem.classes = std::make_shared<IndexTensor>(*classes);
  }
  if (const Tensor* target = c.file.find_f32("target")) out.problem.target = std::make_shared<Tensor>(*target);
  if (auto ok = check_problem(out.problem); !ok) return ok.error();
  return out;
}

Result<Computed> run_network(const VectorCase& c, Isa isa) {
  const auto net_case = network_of(c);
  if (!net_case) return net_case.error();
  Computed out;
  one_pass(*net_case, *record(net_case->problem, isa), out);
  for (const char* op : {Sgd::kOp, Adam::kOp}) {
    const std::string prefix = std::string(op) + ".";
    const bool wanted = std::any_of(c.outputs.begin(), c.outputs.end(),
                                    [&](const std::string& output) { return output.starts_with(prefix); });
    if (!wanted) continue;
    if (auto ok = train(c, *net_case, op, isa, out); !ok) return ok.error();
  }
  return out;
}

}  // namespace backstep::verify
