// The reference: every cell computed straight from its layer's taps, terms and finishing operation, in float or double.
// Slow, and the yardstick for every kernel: kernels must give its bits. explain() is the same fold, observed.
#pragma once

#include "layers/tap.h"

namespace backstep {

// What the fold did with one tap.
template <class T>
struct FoldedTerm {
  Tap tap;
  bool taken = true;  // false: a mask or a switch closed this term
  T value{};          // the term, e.g. a product
  T subtotal{};       // of the tap's group, after this term
  T total{};          // of everything so far: finished groups and this subtotal; or the maximum so far
};

// Folds the terms of one cell; `observe` is called with each FoldedTerm. Returns the folded value before finish().
// `winner`, where given, receives the flat index of operand a of the winning tap of a maximum.
template <class T, class Layer, class Observe>
T fold_cell(const Layer& layer, Slot slot, std::int64_t index, const LayerShapes& shapes, const Pass<T>& pass,
            Observe&& observe, std::int64_t* winner = nullptr) {
  const bool maximum = layer.fold(slot) == Fold::maximum;
  T total{}, subtotal{};
  std::int64_t group = -1;
  bool first = true;
  layer.taps(slot, index, shapes, [&](const Tap& tap) {
    const std::optional<T> term = layer.template term<T>(slot, index, tap, pass);
    const T value = term.value_or(T{});
    if (maximum) {
      // A NaN wins over numbers, the first of equal values over later ones.
      const bool wins = first || value > total || (value != value && total == total);
      if (wins) {
        total = value;
        if (winner) *winner = tap.a.index;
      }
      first = false;
      observe(FoldedTerm<T>{tap, wins, value, total, total});
      return;
    }
    if (tap.group != group) {
      total += subtotal;
      subtotal = T{};
      group = tap.group;
    }
    if (term) subtotal += value;
    observe(FoldedTerm<T>{tap, term.has_value(), value, subtotal, total + subtotal});
  });
  return maximum ? total : total + subtotal;
}

template <class T, class Layer>
T reference_cell(const Layer& layer, Slot slot, std::int64_t index, const LayerShapes& shapes, const Pass<T>& pass,
                 std::int64_t* winner = nullptr) {
  const T folded = fold_cell(layer, slot, index, shapes, pass, [](const FoldedTerm<T>&) {}, winner);
  return layer.template finish<T>(slot, index, folded, pass);
}

template <class T, class Layer>
void reference_fill(const Layer& layer, Slot slot, const LayerShapes& shapes, const Pass<T>& pass, BasicTensor<T>& out,
                    IndexTensor* switches = nullptr) {
  const std::int64_t plane = switches ? shapes.x[2] * shapes.x[3] : 1;
  for (std::int64_t i = 0; i < out.count(); ++i) {
    std::int64_t winner = 0;
    out[i] = reference_cell<T>(layer, slot, i, shapes, pass, &winner);
    if (switches) (*switches)[i] = static_cast<std::int32_t>(winner % plane);
  }
}

// Forward and backward of a whole layer by the reference. The pass reads the cache and the gradients of the parameters
// where they are written, whatever it pointed to before.
template <class T, class Layer>
void reference_forward(const Layer& layer, const LayerShapes& shapes, const Pass<T>& pass, const Outputs<T>& out) {
  Pass<T> with = pass;
  if (!layer.cache_shape(shapes).is_none()) {
    with.cache = out.cache;
    layer.template fill_cache<T>(shapes, with, *out.cache);
  }
  reference_fill<T>(layer, Slot::y, shapes, with, *out.y, out.switches);
}

// dw and db come before dx, as in the order of steps.
template <class T, class Layer>
void reference_backward(const Layer& layer, const LayerShapes& shapes, const Pass<T>& pass, const Outputs<T>& out) {
  Outputs<T> to = out;
  BasicTensor<T> dw, db;
  if constexpr (Layer::kInputGradientReadsParameterGradients) {
    dw.reset(shapes.w);
    db.reset(shapes.b);
    if (!to.dw) to.dw = &dw;
    if (!to.db) to.db = &db;
  }
  Pass<T> with = pass;
  with.dw = to.dw;
  with.db = to.db;
  if (to.dw) reference_fill<T>(layer, Slot::dw, shapes, with, *to.dw);
  if (to.db) reference_fill<T>(layer, Slot::db, shapes, with, *to.db);
  if (to.dx) reference_fill<T>(layer, Slot::dx, shapes, with, *to.dx);
}

}  // namespace backstep
