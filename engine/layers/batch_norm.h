// Batch normalisation of [N,C,H,W] or [N,C], channel by channel, with scale gamma (w) and shift beta (b), both [C].
//
//   forward  Y = (X - mu[c]) r[c] gamma[c] + beta[c],  r = 1 / sqrt(var + eps)
//   dL/dX    dX = (dY - dbeta[c] / M - Xhat dgamma[c] / M) r[c] gamma[c] in training,  dY r[c] gamma[c] in inference
//   dL/dw    dgamma[c] = sum dY Xhat,  Xhat = (X - mu[c]) r[c]
//   dL/db    dbeta[c]  = sum dY
//
// In training mu and var are the mean and the (biased) variance of the channel's M = N H W numbers in this batch; in
// inference they are the attributes running_mean and running_var (left out: 0 and 1), which belong to the network's
// description like a kernel's size: a pass never changes them, so a step can be gone back. The cache [2,C] holds mu and
// r. Order of summation: one subtotal for each row (over w), subtotals in (n, h) order; r is taken in double and
// rounded once. Source: Ioffe and Szegedy 2015.
#pragma once

#include <vector>

#include "../reference.h"
#include "../simd.h"
#include "attributes.h"
#include "geometry.h"
#include "tap.h"

namespace backstep {

struct BatchNorm : LayerDefaults {
  static constexpr const char* kOp = "batch_norm";
  static constexpr const char* kName = "bn";

  double eps = 1e-5;
  bool training = true;
  std::vector<float> running_mean;
  std::vector<float> running_var;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("eps", self.eps, kEpsilonBounds);
    visit("training", self.training);
    visit("running_mean", self.running_mean, kMeanBounds);
    visit("running_var", self.running_var, kVarianceBounds);
  }

  Result<LayerShapes> shapes(const Shape& x) const;
  std::int64_t multiply_adds(const LayerShapes& s) const { return s.y.count(); }
  FieldStep field(const Shape&) const { return {}; }  // without the way through the statistics
  static std::optional<Fans> fans(const LayerShapes&) { return std::nullopt; }
  static const char* weight_symbol() { return "γ"; }
  static const char* bias_symbol() { return "β"; }
  static const char* cache_symbol() { return "statistics"; }
  static constexpr bool kInputGradientReadsParameterGradients = true;

  static Shape cache_shape(const LayerShapes& s) { return {2, s.w[0]}; }
  template <class T>
  void fill_cache(const LayerShapes& s, const Pass<T>& pass, BasicTensor<T>& cache) const {
    reference_fill<T>(*this, Slot::cache, s, pass, cache);
  }

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const;
  template <class Visit>
  void shared(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const;
  template <class T>
  std::optional<T> term(Slot slot, std::int64_t index, const Tap& tap, const Pass<T>& pass) const;
  template <class T>
  T finish(Slot slot, std::int64_t index, T folded, const Pass<T>& pass) const;
  const char* finish_name(Slot slot) const;

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;

  // [N,C] as [N,C,1,1].
  static Shape as_image(const Shape& x) { return x.rank() == 2 ? Shape{x[0], x[1], 1, 1} : x; }

 private:
  template <class T>
  T reciprocal_deviation(T variance) const {
    return static_cast<T>(reciprocal_root(static_cast<double>(variance) + eps));
  }
  static double reciprocal_root(double v);
  static std::int64_t channel(const Shape& x, std::int64_t index) {
    const Shape image = as_image(x);
    return index / (image[2] * image[3]) % image[1];
  }
  template <class T>
  static T per_channel(const Shape& x) {
    return static_cast<T>(x.count() / x[1]);
  }
};

template <class Visit>
void BatchNorm::taps(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const {
  const Shape x = as_image(s.x);
  const std::int64_t C = x[1], H = x[2], W = x[3];
  // Every number of a channel, row by row.
  const auto rows = [&](std::int64_t c, Slot slot_a, Operand b, bool b_moves) {
    for (std::int64_t row = 0; row < x[0] * H; ++row) {
      const std::int64_t first = ((row / H * C + c) * H + row % H) * W;
      for (std::int64_t i = first; i < first + W; ++i) {
        visit(Tap{{slot_a, i}, b_moves ? Operand{b.slot, i} : b, row});
      }
    }
  };
  if (slot == Slot::y) {
    visit(Tap{{Slot::x, index}, {}, 0});
    visit(Tap{{Slot::cache, channel(s.x, index)}, {}, 0});
  } else if (slot == Slot::cache && training) {
    rows(index % C, Slot::x, index < C ? Operand{} : Operand{Slot::cache, index % C}, false);
  } else if (slot == Slot::dw) {
    rows(index, Slot::dy, {Slot::x, 0}, true);
  } else if (slot == Slot::db) {
    rows(index, Slot::dy, {}, false);
  } else if (slot == Slot::dx) {
    visit(Tap{{Slot::dy, index}, {}, 0});
    if (!training) return;
    visit(Tap{{Slot::db, channel(s.x, index)}, {}, 0});
    visit(Tap{{Slot::dw, channel(s.x, index)}, {Slot::x, index}, 0});
  }
}

template <class Visit>
void BatchNorm::shared(Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) const {
  const std::int64_t C = s.w[0];
  const std::int64_t c = slot == Slot::dw || slot == Slot::db ? index : channel(s.x, index);
  if (slot == Slot::dw || (slot == Slot::dx && training)) visit(Operand{Slot::cache, c});
  if (slot == Slot::y || slot == Slot::dw || slot == Slot::dx) visit(Operand{Slot::cache, C + c});
  if (slot == Slot::y || slot == Slot::dx) visit(Operand{Slot::w, c});
  if (slot == Slot::y) visit(Operand{Slot::b, c});
}

template <class T>
std::optional<T> BatchNorm::term(Slot slot, std::int64_t index, const Tap& tap, const Pass<T>& pass) const {
  const T a = pass.value(tap.a);
  const std::int64_t C = pass.x->shape[1];
  const auto normalised = [&](std::int64_t c) { return (pass.value(tap.b) - (*pass.cache)[c]) * (*pass.cache)[C + c]; };
  if (slot == Slot::y) return tap.a.slot == Slot::cache ? -a : a;
  if (slot == Slot::cache && index >= C) {
    const T deviation = a - pass.value(tap.b);
    return deviation * deviation;
  }
  if (slot == Slot::dw) return a * normalised(index);
  if (slot == Slot::dx && tap.a.slot == Slot::db) return -(a / per_channel<T>(pass.x->shape));
  if (slot == Slot::dx && tap.a.slot == Slot::dw) {
    return -(normalised(tap.a.index) * (a / per_channel<T>(pass.x->shape)));
  }
  return a;
}

template <class T>
T BatchNorm::finish(Slot slot, std::int64_t index, T folded, const Pass<T>& pass) const {
  const Shape& x = pass.x->shape;
  const std::int64_t C = x[1];
  if (slot == Slot::y || slot == Slot::dx) {
    const std::int64_t c = channel(x, index);
    const T scaled = folded * (*pass.cache)[C + c] * (*pass.w)[c];
    return slot == Slot::y ? scaled + (*pass.b)[c] : scaled;
  }
  if (slot != Slot::cache) return folded;
  const auto c = static_cast<std::size_t>(index % C);
  const T mean = training ? folded / per_channel<T>(x) : T{0};
  if (index < C) return training || running_mean.empty() ? mean : static_cast<T>(running_mean[c]);
  const T variance = training ? mean : (running_var.empty() ? T{1} : static_cast<T>(running_var[c]));
  return reciprocal_deviation<T>(variance);
}

}  // namespace backstep
