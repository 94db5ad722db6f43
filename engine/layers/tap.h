// The one declaration of geometry. Each layer says which numbers feed a cell, forward and backward, as a list of taps
// in the kernels' order of summation. The reference kernels, explain(), hover, arrows, receptive fields, narration and
// the matrix views are all read off it.
#pragma once

#include <cstdint>
#include <optional>

#include "../tensor.h"

namespace backstep {

// The tensors around one layer. `dy` of a layer is `dx` of the next one or of the loss; w_next and b_next are the
// parameters after the update; p and value belong to the loss alone.
enum class Slot : std::uint8_t { none, x, w, b, y, dy, dx, dw, db, p, value, target, w_next, b_next };

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
// switches: max pool's winners, h*W+w within the input plane. cache: what backward needs beside x and y (dropout's
// mask, batch norm's mean and reciprocal deviation); each layer says in its header what it holds.
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

  const BasicTensor<T>* of(Slot slot) const {
    switch (slot) {
      case Slot::x: return x;
      case Slot::w: return w;
      case Slot::b: return b;
      case Slot::y: return y;
      case Slot::dy: return dy;
      case Slot::dw: return dw;
      case Slot::db: return db;
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

  // Shape of the cache that forward fills for backward; rank 0: none.
  static Shape cache_shape(const LayerShapes&) { return {}; }
  static bool has_switches() { return false; }

  // The lesson's letters for the parameters.
  static const char* weight_symbol() { return "K"; }
  static const char* bias_symbol() { return "b"; }
};

}  // namespace backstep
