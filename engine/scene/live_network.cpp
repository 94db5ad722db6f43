#include "../live_network.h"

#include <algorithm>

#include "../trainer.h"
#include "edit.h"

namespace backstep {
namespace {

struct Field {
  std::string_view name;
  Slot slot;
};
// Numbers of all tensors of a pass with a batch of its own, as in a scene document.
constexpr std::int64_t kMaxPassElements = std::int64_t{1} << 25;
// In the order in which a pass fills them.
constexpr Field kFields[] = {
    {"weight", Slot::w},           {"bias", Slot::b},          {"y", Slot::y},   {"p", Slot::p},
    {"value", Slot::value},        {"dw", Slot::dw},           {"db", Slot::db}, {"dx", Slot::dx},
    {"weight_next", Slot::w_next}, {"bias_next", Slot::b_next}};

Error no_such_tensor(std::string_view name) {
  return {"tensor.name", std::string(name),
          "expected a tensor of this network, such as input, conv1.weight, conv1.bias, conv1.y, conv1.dx, conv1.dw, "
          "conv1.db, loss.p or loss.value"};
}

// `rows` times `from` along the first axis, beginning anew where it ends.
template <class T>
std::shared_ptr<T> in_turn(const T& from, std::int64_t rows) {
  Shape shape = from.shape;
  shape[0] = rows;
  auto out = std::make_shared<T>(shape);
  for (std::int64_t i = 0; i < out->count(); ++i) (*out)[i] = from[i % from.count()];
  return out;
}

Status check_size(const Network& net) {
  std::int64_t total = net.input().count();
  for (const NetworkLayer& layer : net.layers()) {
    const LayerShapes& s = layer.shapes;
    for (const std::int64_t count : {s.x.count(), s.y.count()}) total = saturating_add(total, count);
  }
  if (net.storable() && total <= kMaxPassElements) return Nothing{};
  return Error{"network.batch", "batch",
               "expected at most " + std::to_string(kMaxStoredElements) + " numbers in a tensor and " +
                   std::to_string(kMaxPassElements) + " in a pass, found " + std::to_string(total) + " in the pass"};
}

Status set_batch(Problem& problem, std::int64_t batch) {
  auto net = with_batch(*problem.net, batch);
  if (!net) return net.error();
  problem.net = std::make_shared<const Network>(std::move(*net));
  if (!problem.input) return Nothing{};
  if (auto ok = check_size(*problem.net); !ok) return ok;
  problem.input = in_turn(*problem.input, batch);
  if (problem.classes) problem.classes = in_turn(*problem.classes, batch);
  if (problem.target) problem.target = in_turn(*problem.target, batch);
  if (problem.dy) problem.dy = in_turn(*problem.dy, batch);
  return check_problem(problem);
}

}  // namespace

LiveNetwork::LiveNetwork(Scene scene, Isa isa) : scene_(std::move(scene)), isa_(isa) { own(); }

Result<LiveNetwork> LiveNetwork::make(Scene scene, std::int64_t batch, Isa isa) {
  if (batch < 0 || batch > kMaxStoredElements) {
    return Error{
        "network.batch", "batch",
        "expected from 1 to " + std::to_string(kMaxStoredElements) + " samples, found " + std::to_string(batch)};
  }
  if (batch > 0) {
    if (auto ok = set_batch(scene.problem, batch); !ok) return ok.error();
  }
  return LiveNetwork(std::move(scene), isa);
}

// Copies what the scene refers to, so that numbers can be changed in place.
void LiveNetwork::own() {
  const auto copy = [](auto& shared, auto& mine) {
    using T = typename std::remove_reference_t<decltype(mine)>::element_type;
    if (shared == mine) return;
    mine = shared ? std::make_shared<T>(*shared) : nullptr;
    shared = mine;
  };
  Problem& p = scene_.problem;
  copy(p.input, input_);
  copy(p.target, target_);
  copy(p.dy, dy_);
  copy(p.classes, classes_);
  copy(p.parameters, parameters_);
  done_ = Done::nothing;
}

Status LiveNetwork::run_to(Done wanted) {
  if (scene_.shapes_only) {
    return Error{"network.shapes_only", "", "this scene has shapes only: it can be counted, not run"};
  }
  if (done_ >= wanted) return Nothing{};
  Recording recording(scene_.problem, isa_, trace_);
  trace_ = recording.trace();
  if (done_ < Done::forward) recording.forward();
  if (done_ < Done::backward && wanted >= Done::backward) recording.backward();
  if (wanted == Done::all) recording.update();
  done_ = wanted;
  return Nothing{};
}

Status LiveNetwork::forward() { return run_to(Done::forward); }
Status LiveNetwork::backward() { return run_to(Done::backward); }

Result<const Trace*> LiveNetwork::trace() {
  if (auto ok = run_to(Done::all); !ok) return ok.error();
  return static_cast<const Trace*>(trace_.get());
}

Result<float> LiveNetwork::train(std::int64_t steps) {
  if (steps < 1) return Error{"network.steps", "steps", "expected 1 step or more, found " + std::to_string(steps)};
  if (!net().loss()) return Error{"network.loss", "loss", "expected a network with a loss to train"};
  const Optimizer& optimizer = net().optimizer();
  states_.resize(net().layers().size());
  for (std::int64_t i = 0; i < steps; ++i) {
    if (auto ok = forward(); !ok) return ok.error();
    if (done_ < Done::backward) Recording(scene_.problem, isa_, trace_).backward(false);
    count_.advance(optimizer);
    for (std::size_t l = 0; l < states_.size(); ++l) {
      const LayerRecord& r = trace_->record(static_cast<int>(l));
      Parameters::Pair& pair = parameters_->layers[l];
      if (!pair.w.empty()) update(optimizer, count_, pair.w, r.dw, states_[l].w, pair.w);
      if (!pair.b.empty()) update(optimizer, count_, pair.b, r.db, states_[l].b, pair.b);
    }
    ++scene_.problem.draw;
    done_ = Done::nothing;
  }
  return trace_->loss().value[0];
}

bool LiveNetwork::has(int layer, Slot slot) const {
  const int n = net().layer_count();
  const bool loss = net().loss().has_value();
  const bool classifier = loss && std::holds_alternative<SoftmaxCrossEntropy>(*net().loss());
  if (layer == n) {
    return (slot == Slot::p && classifier) || ((slot == Slot::value || slot == Slot::dx) && loss);
  }
  const LayerShapes& s = net().layer(layer).shapes;
  switch (slot) {
    case Slot::y:
    case Slot::dx: return true;
    case Slot::w:
    case Slot::b:
    case Slot::dw:
    case Slot::db: return !s.of(slot).is_none();
    case Slot::w_next:
    case Slot::b_next: return loss && !s.of(slot).is_none();
    default: return false;
  }
}

std::string LiveNetwork::name_of(int layer, Slot slot) const {
  std::string name(net().name_of(layer));
  for (const Field& field : kFields) {
    if (field.slot == slot) name += '.' + std::string(field.name);
  }
  return name;
}

std::vector<std::string> LiveNetwork::tensor_names() const {
  std::vector<std::string> names{"input"};
  const Problem& p = scene_.problem;
  if (p.classes || p.target) names.emplace_back("target");
  if (p.dy) names.emplace_back("dy");
  for (int i = 0; i <= net().layer_count(); ++i) {
    for (const Field& field : kFields) {
      if (has(i, field.slot)) names.push_back(name_of(i, field.slot));
    }
  }
  return names;
}

Result<LiveNetwork::Name> LiveNetwork::find(std::string_view name) const {
  const int n = net().layer_count();
  const Problem& p = scene_.problem;
  if (name == "input") return Name{n, Slot::x};
  if (name == "target" && (p.classes || p.target)) return Name{n, Slot::target};
  if (name == "dy" && p.dy) return Name{n, Slot::dy};
  const std::size_t dot = std::min(name.find('.'), name.size());
  for (int i = 0; i <= n; ++i) {
    if (net().name_of(i) != name.substr(0, dot)) continue;
    for (const Field& field : kFields) {
      if (name.substr(dot).substr(dot < name.size()) == field.name && has(i, field.slot)) return Name{i, field.slot};
    }
  }
  return no_such_tensor(name);
}

Result<LiveNetwork::View> LiveNetwork::tensor(std::string_view name) {
  const auto found = find(name);
  if (!found) return found.error();
  const int n = net().layer_count();
  const auto [layer, slot] = *found;
  const Tensor* tensor = nullptr;
  Done needed = Done::nothing;
  switch (slot) {
    case Slot::x: tensor = input_.get(); break;
    case Slot::dy: tensor = dy_.get(); break;
    case Slot::target:
      tensor = target_.get();
      if (!classes_) break;
      class_numbers_.shape = classes_->shape;
      class_numbers_.data.assign(classes_->data.begin(), classes_->data.end());
      tensor = &class_numbers_;
      break;
    case Slot::w: tensor = &parameters_->layers[static_cast<std::size_t>(layer)].w; break;
    case Slot::b: tensor = &parameters_->layers[static_cast<std::size_t>(layer)].b; break;
    case Slot::w_next:
    case Slot::b_next: needed = Done::all; break;
    case Slot::dx: needed = layer == n ? Done::forward : Done::backward; break;
    case Slot::dw:
    case Slot::db: needed = Done::backward; break;
    default: needed = Done::forward; break;
  }
  if (auto ok = run_to(needed); !ok) return ok.error();
  if (!tensor) tensor = trace_->tensor(layer, slot);
  return View{tensor->shape, tensor->data};
}

Status LiveNetwork::set(std::string_view name, std::span<const float> values) {
  const auto found = find(name);
  if (!found) return found.error();
  if (scene_.shapes_only) return run_to(Done::nothing);
  const auto [layer, slot] = *found;
  Tensor* tensor = nullptr;
  switch (slot) {
    case Slot::x: tensor = input_.get(); break;
    case Slot::dy: tensor = dy_.get(); break;
    case Slot::target:
      if (classes_) return set_classes(values);
      tensor = target_.get();
      break;
    case Slot::w: tensor = &parameters_->layers[static_cast<std::size_t>(layer)].w; break;
    case Slot::b: tensor = &parameters_->layers[static_cast<std::size_t>(layer)].b; break;
    default:
      return Error{"tensor.name", std::string(name),
                   "expected a tensor that a pass starts from: input, target, dy, or a layer's weight or bias"};
  }
  if (static_cast<std::int64_t>(values.size()) != tensor->count()) {
    return Error{"tensor.count", std::string(name),
                 "expected " + std::to_string(tensor->count()) + " numbers for the shape " + tensor->shape.text() +
                     ", found " + std::to_string(values.size())};
  }
  std::copy(values.begin(), values.end(), tensor->data.begin());
  done_ = Done::nothing;
  return Nothing{};
}

Status LiveNetwork::set_classes(std::span<const float> values) {
  const std::int64_t classes = net().output()[1];
  if (static_cast<std::int64_t>(values.size()) != classes_->count()) {
    return Error{"tensor.count", "target",
                 "expected " + std::to_string(classes_->count()) + " class numbers, one for each sample, found " +
                     std::to_string(values.size())};
  }
  for (const float value : values) {
    const bool in_range = value >= 0.0F && value < static_cast<float>(classes);
    if (!in_range || static_cast<float>(static_cast<std::int32_t>(value)) != value) {
      return Error{"tensor.range", "target", "expected whole class numbers from 0 to " + std::to_string(classes - 1)};
    }
  }
  std::transform(values.begin(), values.end(), classes_->data.begin(),
                 [](float value) { return static_cast<std::int32_t>(value); });
  done_ = Done::nothing;
  return Nothing{};
}

Status LiveNetwork::edit(std::string_view edits) {
  Problem changed = scene_.problem;
  Failure failure;
  apply_edits(edits, changed, failure);
  if (failure) return failure.error();
  scene_.problem = std::move(changed);
  own();
  return Nothing{};
}

Status LiveNetwork::set_parameters(Parameters parameters) {
  scene_.problem.parameters = std::make_shared<Parameters>(std::move(parameters));
  own();
  return Nothing{};
}

}  // namespace backstep
