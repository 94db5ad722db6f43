#include "operations.h"

#include <algorithm>

namespace backstep::verify {
namespace {

template <class... Ops>
bool is_op(std::string_view op, const std::variant<Ops...>*) {
  return ((op == Ops::kOp) || ...);
}
template <class Variant>
bool is_op(std::string_view op) {
  return is_op(op, static_cast<const Variant*>(nullptr));
}

Result<Computed> run_layer(const VectorCase& c, Isa isa) {
  const auto found = layer_of(c);
  if (!found) return found.error();
  const LayerShapes& s = found->shapes;
  const auto x = input_f32(c, "x");
  Pass<float> pass;
  pass.x = *x;
  if (!s.w.is_none()) {
    const auto w = input_f32(c, "w", s.w);
    if (!w) return w.error();
    pass.w = *w;
  }
  if (!s.b.is_none()) {
    const auto b = input_f32(c, "b", s.b);
    if (!b) return b.error();
    pass.b = *b;
  }
  if (s.y.count() > kMaxStoredElements) return Error{"verify.input", "y", "too large: " + s.y.text()};
  const auto on_layer = [&](auto&& call) { return std::visit(call, found->layer); };

  Tensor y(s.y), dx, dw, db, cache;
  IndexTensor switches;
  Outputs<float> out;
  out.y = &y;
  const Shape cache_shape = on_layer([&](const auto& op) { return op.cache_shape(s); });
  if (!cache_shape.is_none()) {
    cache.reset(cache_shape);
    out.cache = &cache;
    pass.cache = &cache;
  }
  if (on_layer([](const auto& op) { return op.has_switches(); })) {
    switches.reset(s.y);
    out.switches = &switches;
  }
  on_layer([&](const auto& op) { op.forward(pass, out, s, isa); });
  Computed computed;
  computed["y"] = y;
  if (!switches.empty()) computed["idx"] = switches;
  if (!wants(c, "dx") && !wants(c, "dw") && !wants(c, "db")) return computed;

  const auto dy = input_f32(c, "dy", s.y);
  if (!dy) return dy.error();
  pass.y = &y;
  pass.dy = *dy;
  pass.switches = &switches;
  out = {};
  dx.reset(s.x);
  out.dx = &dx;
  if (!s.w.is_none()) {
    dw.reset(s.w);
    out.dw = &dw;
    pass.dw = &dw;
  }
  if (!s.b.is_none()) {
    db.reset(s.b);
    out.db = &db;
    pass.db = &db;
  }
  on_layer([&](const auto& op) { op.backward(pass, out, s, isa); });
  computed["dx"] = std::move(dx);
  if (out.dw) computed["dw"] = std::move(dw);
  if (out.db) computed["db"] = std::move(db);
  return computed;
}

Result<Computed> run_loss_op(const VectorCase& c) {
  const auto loss = make_op<Loss>(c.op, c.attributes);
  if (!loss) return loss.error();
  const auto x = input_f32(c, "x");
  if (!x) return x.error();
  // A single class has nothing to learn and no place in a scene, but its case has right numbers: p = 1, loss 0.
  const Shape& xs = (*x)->shape;
  const bool one_class = std::holds_alternative<SoftmaxCrossEntropy>(*loss) && xs.rank() == 2 && xs[1] == 1;
  if (auto ok = check_loss(*loss, xs); !ok && !one_class) return ok.error();
  LossPass<float> pass;
  pass.x = *x;
  if (std::holds_alternative<SoftmaxCrossEntropy>(*loss)) {
    pass.classes = c.file.find_i32("target");
    if (!pass.classes || !(pass.classes->shape == Shape{(*x)->shape[0]})) {
      return Error{"verify.input", "target", "expected I32 of shape [" + std::to_string((*x)->shape[0]) + "]"};
    }
    for (const std::int32_t label : pass.classes->data) {
      if (label < 0 || label >= (*x)->shape[1]) return Error{"verify.input", "target", "a class out of range"};
    }
  } else {
    const auto target = input_f32(c, "target", (*x)->shape);
    if (!target) return target.error();
    pass.target = *target;
  }
  LossOutputs<float> out;
  run_loss<float>(*loss, pass, out);
  Computed computed;
  if (!out.p.empty()) computed["p"] = std::move(out.p);
  computed["loss"] = std::move(out.value);
  computed["dx"] = std::move(out.dx);
  return computed;
}

Result<Computed> run_optimizer_op(const VectorCase& c) {
  const auto optimizer = make_op<Optimizer>(c.op, c.attributes);
  if (!optimizer) return optimizer.error();
  const auto p0 = input_f32(c, "p0");
  if (!p0) return p0.error();
  const auto g = input_f32(c, "g");
  if (!g) return g.error();
  const Shape& gs = (*g)->shape;
  const Shape& ps = (*p0)->shape;
  if (gs.rank() != ps.rank() + 1 || !(Shape(gs.extents().subspan(1)) == ps)) {
    return Error{"verify.input", "g", "expected [steps,…] of p0's shape " + ps.text() + ", found " + gs.text()};
  }
  std::int64_t steps = gs[0];
  TextAttributeReader reader(c.attributes);
  reader("steps", steps, IntBounds{gs[0], gs[0]});
  if (reader.error()) return *reader.error();
  OptimizerRun run = run_optimizer(*optimizer, **p0, **g);
  Computed computed;
  computed["p"] = std::move(run.p);
  const bool adam = std::holds_alternative<Adam>(*optimizer);
  if (!run.state.first.empty()) computed[adam ? "m" : "buf"] = std::move(run.state.first);
  if (!run.state.second.empty()) computed["v"] = std::move(run.state.second);
  return computed;
}

}  // namespace

Result<LayerCase> layer_of(const VectorCase& c) {
  const Tensor* w = c.file.find_f32("w");
  const auto layer = make_op<Layer>(c.op, with_defaults(c.attributes, w, c.file.find_f32("b"), c.op));
  if (!layer) return layer.error();
  const auto x = input_f32(c, "x");
  if (!x) return x.error();
  const auto shapes = std::visit([&](const auto& op) { return op.shapes((*x)->shape); }, *layer);
  if (!shapes) return shapes.error();
  return LayerCase{*layer, *shapes};
}

std::vector<bool> unread_inputs(const Layer& layer, const LayerShapes& shapes) {
  std::vector<bool> unread(static_cast<std::size_t>(shapes.x.count()));
  for (std::size_t i = 0; i < unread.size(); ++i) {
    bool read = false;
    std::visit(
        [&](const auto& op) {
          op.taps(Slot::dx, static_cast<std::int64_t>(i), shapes, [&](const Tap&) { read = true; });
        },
        layer);
    unread[i] = !read;
  }
  return unread;
}

OptimizerRun run_optimizer(const Optimizer& optimizer, const Tensor& p0, const Tensor& gradients) {
  OptimizerRun run;
  run.p.reset(gradients.shape);
  Tensor p = p0, g(p0.shape);
  UpdateCount count;
  for (std::int64_t step = 0; step < gradients.shape[0]; ++step) {
    const auto at = static_cast<std::ptrdiff_t>(step * p.count());
    std::copy_n(gradients.data.begin() + at, p.data.size(), g.data.begin());
    count.advance(optimizer);
    update(optimizer, count, p, g, run.state, p);
    std::copy(p.data.begin(), p.data.end(), run.p.data.begin() + at);
  }
  return run;
}

Result<Computed> run_operation(const VectorCase& c, Isa isa) {
  if (is_op<Layer>(c.op)) return run_layer(c, isa);
  if (is_op<Loss>(c.op)) return run_loss_op(c);
  if (is_op<Optimizer>(c.op)) return run_optimizer_op(c);
  return Error{"verify.op", "", "unknown op " + c.op};
}

}  // namespace backstep::verify
