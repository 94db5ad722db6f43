#include "trace.h"

#include "hash.h"

namespace backstep {
namespace {

void fit(Tensor& tensor, const Shape& shape) {
  if (!(tensor.shape == shape)) tensor.reset(shape);
}

bool finite(float value) { return value - value == 0.0F; }

Status expect_shape(const Tensor* tensor, const Shape& shape, const std::string& where) {
  if (tensor && tensor->shape == shape && tensor->count() == shape.count()) return Nothing{};
  return Error{"problem.shape", where,
               "expected numbers of shape " + shape.text() + ", found " + (tensor ? tensor->shape.text() : "none")};
}

Status check_target(const Problem& problem) {
  const Network& net = *problem.net;
  if (!net.loss()) return expect_shape(problem.dy.get(), net.output(), "dy");
  if (!std::holds_alternative<SoftmaxCrossEntropy>(*net.loss())) {
    return expect_shape(problem.target.get(), net.output(), "target");
  }
  const std::int64_t N = net.output()[0], C = net.output()[1];
  if (!problem.classes || problem.classes->count() != N) {
    return Error{"problem.target", "target", "expected " + std::to_string(N) + " class numbers, one for each sample"};
  }
  for (const std::int32_t label : problem.classes->data) {
    if (label < 0 || label >= C) {
      return Error{"problem.target", "target",
                   "expected classes from 0 to " + std::to_string(C - 1) + ", found " + std::to_string(label)};
    }
  }
  return Nothing{};
}

}  // namespace

Status check_problem(const Problem& problem) {
  const Network& net = *problem.net;
  if (!net.storable()) {
    return Error{"problem.size", "",
                 "this network has tensors of more than " + std::to_string(kMaxStoredElements) +
                     " numbers: it can be counted, not run"};
  }
  if (auto ok = expect_shape(problem.input.get(), net.input(), "input"); !ok) return ok;
  for (int i = 0; i < net.layer_count(); ++i) {
    const LayerShapes& s = net.layer(i).shapes;
    const std::string where = "layers[" + std::to_string(i) + "]";
    const bool present = problem.parameters && problem.parameters->layers.size() == net.layers().size();
    const Parameters::Pair* pair = present ? &problem.parameters->layers[static_cast<std::size_t>(i)] : nullptr;
    if (!s.w.is_none()) {
      if (auto ok = expect_shape(pair ? &pair->w : nullptr, s.w, where + ".w"); !ok) return ok;
    }
    if (!s.b.is_none()) {
      if (auto ok = expect_shape(pair ? &pair->b : nullptr, s.b, where + ".b"); !ok) return ok;
    }
  }
  return check_target(problem);
}

const Tensor* Trace::tensor(int layer, Slot slot) const {
  const int n = net().layer_count();
  if (layer == n) {
    switch (slot) {
      case Slot::x: return n > 0 ? &record(n - 1).y : problem_.input.get();
      case Slot::p: return &loss_.p;
      case Slot::value: return &loss_.value;
      case Slot::dx: return &loss_.dx;
      case Slot::target: return problem_.target.get();
      default: return nullptr;
    }
  }
  const LayerRecord& r = record(layer);
  switch (slot) {
    case Slot::x: return layer > 0 ? &record(layer - 1).y : problem_.input.get();
    case Slot::w: return &problem_.parameters->layers[static_cast<std::size_t>(layer)].w;
    case Slot::b: return &problem_.parameters->layers[static_cast<std::size_t>(layer)].b;
    case Slot::y: return &r.y;
    case Slot::dy:
      if (layer + 1 < n) return &record(layer + 1).dx;
      return net().loss() ? &loss_.dx : problem_.dy.get();
    case Slot::dx: return &r.dx;
    case Slot::dw: return &r.dw;
    case Slot::db: return &r.db;
    case Slot::w_next: return &r.w_next;
    case Slot::b_next: return &r.b_next;
    case Slot::cache: return &r.cache;
    default: return nullptr;
  }
}

Pass<float> Trace::pass(int layer) const {
  Pass<float> out;
  const LayerRecord& r = record(layer);
  const LayerShapes& s = net().layer(layer).shapes;
  out.x = tensor(layer, Slot::x);
  out.w = s.w.is_none() ? nullptr : tensor(layer, Slot::w);
  out.b = s.b.is_none() ? nullptr : tensor(layer, Slot::b);
  out.y = &r.y;
  out.dy = tensor(layer, Slot::dy);
  out.dw = &r.dw;
  out.db = &r.db;
  out.switches = &r.switches;
  out.cache = &r.cache;
  out.draw = problem_.draw;
  return out;
}

LossPass<float> Trace::loss_pass() const {
  return {tensor(net().layer_count(), Slot::x), problem_.classes.get(), problem_.target.get()};
}

float Trace::value(std::int64_t step) const {
  const CellRef cell = steps_.cell(step);
  return (*tensor(cell.layer, cell.slot))[cell.index];
}

std::optional<std::int64_t> Trace::first_not_finite() const {
  for (const Block& block : steps_.blocks()) {
    const Tensor& values = *tensor(block.layer, block.slot);
    for (std::int64_t i = 0; i < block.count; ++i) {
      if (!finite(values[i])) return block.first + i;
    }
  }
  return std::nullopt;
}

std::uint64_t Trace::hash() const {
  Fnv1a fnv;
  fnv.add(*problem_.input);
  for (const Parameters::Pair& pair : problem_.parameters->layers) {
    fnv.add(pair.w);
    fnv.add(pair.b);
  }
  if (problem_.classes) {
    for (const std::int32_t label : problem_.classes->data) fnv.add(static_cast<std::uint32_t>(label), 4);
  }
  if (problem_.target) fnv.add(*problem_.target);
  if (problem_.dy) fnv.add(*problem_.dy);
  for (const Block& block : steps_.blocks()) {
    fnv.add(static_cast<std::uint64_t>(block.layer), 8);
    fnv.add(static_cast<std::uint64_t>(block.slot), 8);
    fnv.add(*tensor(block.layer, block.slot));
  }
  return fnv.value();
}

Recording::Recording(const Problem& problem, Isa isa, std::shared_ptr<Trace> storage)
    : trace_(storage ? std::move(storage) : std::make_shared<Trace>()), isa_(isa) {
  const bool same_net = trace_->problem_.net == problem.net;
  trace_->problem_ = problem;
  if (same_net) return;
  // Another network's tensors must not be seen through this one.
  const auto n = static_cast<std::size_t>(problem.net->layer_count());
  trace_->steps_ = StepIndex(*problem.net);
  trace_->layers_.clear();
  trace_->layers_.resize(n);
  trace_->loss_ = {};
  trace_->scratch_.clear();
  trace_->scratch_.resize(n);
}

void Recording::forward() {
  Trace& trace = *trace_;
  const Network& net = trace.net();
  for (int i = 0; i < net.layer_count(); ++i) {
    LayerRecord& r = trace.layers_[static_cast<std::size_t>(i)];
    const NetworkLayer& layer = net.layer(i);
    const LayerShapes& s = layer.shapes;
    fit(r.y, s.y);
    const Shape cache = std::visit([&](const auto& op) { return op.cache_shape(s); }, layer.op);
    if (!cache.is_none()) fit(r.cache, cache);
    const bool switches = std::visit([](const auto& op) { return op.has_switches(); }, layer.op);
    if (switches && !(r.switches.shape == s.y)) r.switches.reset(s.y);
    const Outputs<float> out{&r.y,
                             nullptr,
                             nullptr,
                             nullptr,
                             switches ? &r.switches : nullptr,
                             &r.cache,
                             &trace.scratch_[static_cast<std::size_t>(i)]};
    std::visit([&](const auto& op) { op.forward(trace.pass(i), out, s, isa_); }, layer.op);
  }
  if (net.loss()) run_loss<float>(*net.loss(), trace.loss_pass(), trace.loss_);
}

void Recording::backward(bool input_gradient) {
  Trace& trace = *trace_;
  const Network& net = trace.net();
  for (int i = net.layer_count() - 1; i >= 0; --i) {
    LayerRecord& r = trace.layers_[static_cast<std::size_t>(i)];
    const NetworkLayer& layer = net.layer(i);
    const LayerShapes& s = layer.shapes;
    Outputs<float> out;
    out.scratch = &trace.scratch_[static_cast<std::size_t>(i)];
    if (i > 0 || input_gradient) {
      fit(r.dx, s.x);
      out.dx = &r.dx;
    }
    if (!s.w.is_none()) {
      fit(r.dw, s.w);
      out.dw = &r.dw;
    }
    if (!s.b.is_none()) {
      fit(r.db, s.b);
      out.db = &r.db;
    }
    std::visit([&](const auto& op) { op.backward(trace.pass(i), out, s, isa_); }, layer.op);
  }
}

void Recording::update() {
  Trace& trace = *trace_;
  const Network& net = trace.net();
  if (!net.loss()) return;
  UpdateCount count;
  count.advance(net.optimizer());
  for (int i = 0; i < net.layer_count(); ++i) {
    LayerRecord& r = trace.layers_[static_cast<std::size_t>(i)];
    const Parameters::Pair& pair = trace.problem().parameters->layers[static_cast<std::size_t>(i)];
    OptimizerState w_state, b_state;
    if (!pair.w.empty()) backstep::update(net.optimizer(), count, pair.w, r.dw, w_state, r.w_next);
    if (!pair.b.empty()) backstep::update(net.optimizer(), count, pair.b, r.db, b_state, r.b_next);
  }
}

std::shared_ptr<const Trace> record(const Problem& problem, Isa isa, std::shared_ptr<Trace> storage) {
  Recording recording(problem, isa, std::move(storage));
  recording.forward();
  recording.backward();
  recording.update();
  return recording.trace();
}

std::string hash_text(std::uint64_t hash) {
  std::string out(16, '0');
  for (std::size_t i = 0; i < 16; ++i) out[15 - i] = "0123456789abcdef"[(hash >> (4 * i)) & 0xfU];
  return out;
}

}  // namespace backstep
