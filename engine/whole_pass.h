// A whole network forward and backward in float or double, apart from any trace: what the gradient check perturbs. In
// double every layer runs by the reference of reference.h, in float by the engine's kernels.
#pragma once

#include <optional>
#include <vector>

#include "reference.h"
#include "trace.h"

namespace backstep {

// A cell whose rule changed between two passes: a gate whose input crossed 0 (slot x), or a window with another winner
// (slot y).
struct Kink {
  int layer = 0;
  Slot slot = Slot::x;
  std::int64_t index = 0;
};

template <class T>
class WholePass {
 public:
  // The problem must have passed check_problem().
  explicit WholePass(const Problem& problem) : net_(problem.net), draw_(problem.draw), classes_(problem.classes) {
    layers_.resize(net_->layers().size());
    input_ = converted(*problem.input);
    if (problem.target) target_ = converted(*problem.target);
    if (problem.dy) dy_ = converted(*problem.dy);
    for (int i = 0; i < net_->layer_count(); ++i) {
      const Parameters::Pair& pair = problem.parameters->layers[static_cast<std::size_t>(i)];
      Record& r = at(i);
      r.w = converted(pair.w);
      r.b = converted(pair.b);
      prepare(net_->layer(i), r);
    }
    forward(0);
  }

  const Network& net() const { return *net_; }

  // Computes the layers from this one on, and the loss, from the tensors as they are now.
  void forward(int from) {
    for (int i = from; i < net_->layer_count(); ++i) {
      Record& r = at(i);
      Outputs<T> out;
      out.y = &r.y;
      out.cache = &r.cache;
      out.switches = r.switches.empty() ? nullptr : &r.switches;
      const LayerShapes& s = net_->layer(i).shapes;
      std::visit(
          [&](const auto& op) {
            if constexpr (std::is_same_v<T, float>) {
              op.forward(pass(i), out, s, best_isa());
            } else {
              reference_forward<T>(op, s, pass(i), out);
            }
          },
          net_->layer(i).op);
    }
    if (net_->loss()) run_loss<T>(*net_->loss(), {&x(net_->layer_count()), classes_.get(), &target_}, loss_);
  }

  // All gradients of the pass as it stands.
  void backward() {
    for (int i = net_->layer_count() - 1; i >= 0; --i) {
      Record& r = at(i);
      Outputs<T> out;
      out.dx = &r.dx;
      out.dw = r.w.empty() ? nullptr : &r.dw;
      out.db = r.b.empty() ? nullptr : &r.db;
      const LayerShapes& s = net_->layer(i).shapes;
      std::visit(
          [&](const auto& op) {
            if constexpr (std::is_same_v<T, float>) {
              op.backward(pass(i), out, s, best_isa());
            } else {
              reference_backward<T>(op, s, pass(i), out);
            }
          },
          net_->layer(i).op);
    }
  }

  // The loss; without one, the sum of y dy over the last layer, whose gradient is the given dy.
  T value() const {
    if (net_->loss()) return loss_.value[0];
    const BasicTensor<T>& y = x(net_->layer_count());
    T total{};
    for (std::int64_t i = 0; i < y.count(); ++i) total += y[i] * dy_[i];
    return total;
  }

  // What a gradient cell (slot dw, db, dx) is the derivative by, and the layer to compute again from when it changes.
  BasicTensor<T>& variable(int layer, Slot gradient) {
    if (gradient == Slot::dw) return at(layer).w;
    if (gradient == Slot::db) return at(layer).b;
    return layer > 0 ? at(layer - 1).y : input_;
  }
  const BasicTensor<T>& variable(int layer, Slot gradient) const {
    if (gradient == Slot::dw) return at(layer).w;
    if (gradient == Slot::db) return at(layer).b;
    return x(layer);
  }
  const BasicTensor<T>& gradient(int layer, Slot gradient) const {
    if (layer == net_->layer_count()) return loss_.dx;
    const Record& r = at(layer);
    return gradient == Slot::dw ? r.dw : gradient == Slot::db ? r.db : r.dx;
  }

  // Remembers the gates and winners of this pass; find_kink() compares with them from a layer on.
  void remember_rules() {
    for (int i = 0; i < net_->layer_count(); ++i) {
      Record& r = at(i);
      r.winners = r.switches.data;
      r.closed.clear();
      if (!has_gate(i)) continue;
      for (const T value : x(i).data) r.closed.push_back(value <= T{0});
    }
  }
  std::optional<Kink> find_kink(int from) const {
    for (int i = from; i < net_->layer_count(); ++i) {
      const Record& r = at(i);
      for (std::size_t k = 0; k < r.winners.size(); ++k) {
        if (r.switches.data[k] != r.winners[k]) return Kink{i, Slot::y, static_cast<std::int64_t>(k)};
      }
      for (std::size_t k = 0; k < r.closed.size(); ++k) {
        if ((x(i).data[k] <= T{0}) != r.closed[k]) return Kink{i, Slot::x, static_cast<std::int64_t>(k)};
      }
    }
    return std::nullopt;
  }

 private:
  struct Record {
    BasicTensor<T> w, b, y, dx, dw, db, cache;
    IndexTensor switches;
    std::vector<std::int32_t> winners;  // remembered switches
    std::vector<bool> closed;           // remembered gates
  };

  static BasicTensor<T> converted(const Tensor& from) {
    BasicTensor<T> out(from.shape, {});
    out.data.assign(from.data.begin(), from.data.end());
    return out;
  }

  static void prepare(const NetworkLayer& layer, Record& r) {
    const LayerShapes& s = layer.shapes;
    r.y.reset(s.y);
    r.dx.reset(s.x);
    if (!s.w.is_none()) r.dw.reset(s.w);
    if (!s.b.is_none()) r.db.reset(s.b);
    std::visit(
        [&](const auto& op) {
          if (const Shape cache = op.cache_shape(s); !cache.is_none()) r.cache.reset(cache);
          if (op.has_switches()) r.switches.reset(s.y);
        },
        layer.op);
  }

  bool has_gate(int layer) const {
    return std::visit([](const auto& op) { return op.has_gate(); }, net_->layer(layer).op);
  }
  const BasicTensor<T>& x(int layer) const { return layer > 0 ? at(layer - 1).y : input_; }
  const BasicTensor<T>& dy(int layer) const {
    if (layer + 1 < net_->layer_count()) return at(layer + 1).dx;
    return net_->loss() ? loss_.dx : dy_;
  }

  Pass<T> pass(int layer) const {
    const Record& r = at(layer);
    Pass<T> out;
    out.x = &x(layer);
    out.w = r.w.empty() ? nullptr : &r.w;
    out.b = r.b.empty() ? nullptr : &r.b;
    out.y = &r.y;
    out.dy = &dy(layer);
    out.dw = &r.dw;
    out.db = &r.db;
    out.switches = &r.switches;
    out.cache = &r.cache;
    out.draw = draw_;
    return out;
  }

  Record& at(int layer) { return layers_[static_cast<std::size_t>(layer)]; }
  const Record& at(int layer) const { return layers_[static_cast<std::size_t>(layer)]; }

  std::shared_ptr<const Network> net_;
  std::int64_t draw_;
  std::shared_ptr<const IndexTensor> classes_;
  BasicTensor<T> input_, target_, dy_;
  std::vector<Record> layers_;
  LossOutputs<T> loss_;
};

}  // namespace backstep
