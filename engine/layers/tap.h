// The one declaration of geometry. Each layer says which numbers feed a cell, forward and backward, as a list of taps
// in the kernels' order of summation. The reference kernels, explain(), hover, arrows, receptive fields, narration and
// the matrix views are all read off it.
#pragma once

#include <cstdint>
#include <optional>

#include "../tensor.h"

namespace backstep {

struct Scratch;

// The tensors around one layer. `dy` of a layer is `dx` of the next one or of the loss; w_next and b_next are the
// parameters after the update; p and value belong to the loss alone. cache holds what forward keeps for backward beside
// x and y (dropout's mask, batch norm's mean and reciprocal deviation); its cells are no steps.
enum class Slot : std::uint8_t { none, x, w, b, y, dy, dx, dw, db, p, value, target, w_next, b_next, cache };

// The name of a slot's tensor in cell names: "y", "dw"; an updated parameter is "w" or "b" again.
const char* slot_name(Slot slot);

struct Operand {
  Slot slot = Slot::none;  // none: a factor of one
  std::int64_t index = 0;  // flat index in that tensor
};

// One term of a sum. Terms of one group are added up to a subtotal of their own, subtotals are added in order.
struct Tap {
  Operand a;
  Operand b;
  std::int64_t group = 0;
};

enum class Fold : std::uint8_t { sum, maximum };

struct LayerShapes {
  Shape x, w, b, y;  // w and b have rank 0 in a layer without parameters
  const Shape& of(Slot slot) const;
};

// The tensors of one layer during one pass, to read. What a kernel does not need may be null.
// switches: max pool's winners, h*W+w within the input plane. cache: each layer says in its header what it holds.
// draw: how many updates came before this pass; dropout draws another mask for each.
template <class T>
struct Pass {
  const BasicTensor<T>* x = nullptr;
  const BasicTensor<T>* w = nullptr;
  const BasicTensor<T>* b = nullptr;
  const BasicTensor<T>* y = nullptr;
  const BasicTensor<T>* dy = nullptr;
  const BasicTensor<T>* dw = nullptr;
  const BasicTensor<T>* db = nullptr;
  const IndexTensor* switches = nullptr;
  const BasicTensor<T>* cache = nullptr;
  std::int64_t draw = 0;

  const BasicTensor<T>* of(Slot slot) const {
    switch (slot) {
      case Slot::x: return x;
      case Slot::w: return w;
      case Slot::b: return b;
      case Slot::y: return y;
      case Slot::dy: return dy;
      case Slot::dw: return dw;
      case Slot::db: return db;
      case Slot::cache: return cache;
      default: return nullptr;
    }
  }
  T value(const Operand& operand) const {
    return operand.slot == Slot::none ? T{1} : (*of(operand.slot))[operand.index];
  }
};

// Where a pass puts its results, already of the right shape; they are overwritten. A null one is not computed.
template <class T>
struct Outputs {
  BasicTensor<T>* y = nullptr;
  BasicTensor<T>* dx = nullptr;
  BasicTensor<T>* dw = nullptr;
  BasicTensor<T>* db = nullptr;
  IndexTensor* switches = nullptr;
  BasicTensor<T>* cache = nullptr;
  Scratch* scratch = nullptr;  // memory that the layer keeps from pass to pass; without it, it allocates
};

struct Fans {
  std::int64_t in, out;
};

// What a layer does unless it says otherwise: terms are products, added up, and the sum is the cell.
struct LayerDefaults {
  static Fold fold(Slot) { return Fold::sum; }

  // The value of a term; nothing where a mask closes it (masks select, they never multiply: 0 * Inf is NaN).
  template <class T>
  static std::optional<T> term(Slot, std::int64_t, const Tap& tap, const Pass<T>& pass) {
    return tap.b.slot == Slot::none ? pass.value(tap.a) : pass.value(tap.a) * pass.value(tap.b);
  }

  // The named finishing operation on the folded terms.
  template <class T>
  static T finish(Slot, std::int64_t, T folded, const Pass<T>&) {
    return folded;
  }
  static const char* finish_name(Slot) { return ""; }

  // What the terms of a cell have in common, or its finishing operation reads, beside the operands of its taps:
  // visit(Operand). Taps and these, followed through the slots that the layer computes itself, name every number that
  // the cell depends on.
  template <class Visit>
  static void shared(Slot, std::int64_t, const LayerShapes&, Visit&&) {}

  // Shape of the cache; rank 0: none. It is filled before the first cell of y; `pass.cache` is `cache` then.
  static Shape cache_shape(const LayerShapes&) { return {}; }
  template <class T>
  static void fill_cache(const LayerShapes&, const Pass<T>&, BasicTensor<T>&) {}
  static bool has_switches() { return false; }
  // True where another formula holds for x <= 0 than for x > 0: a bend at 0, which finite differences must not cross.
  static bool has_gate() { return false; }
  // True where the taps of dx read the cells of dw and db.
  static constexpr bool kInputGradientReadsParameterGradients = false;

  // Numbers that feed one output, and outputs that one number feeds, for the initial weights; none: weights start at 1.
  static std::optional<Fans> fans(const LayerShapes& s) {
    std::int64_t area = 1;
    for (int axis = 2; axis < s.w.rank(); ++axis) area *= s.w[axis];
    return Fans{s.w[1] * area, s.w[0] * area};
  }

  // The lesson's letters for the parameters.
  static const char* weight_symbol() { return "K"; }
  static const char* bias_symbol() { return "b"; }
  static const char* cache_symbol() { return "cache"; }
};

}  // namespace backstep
