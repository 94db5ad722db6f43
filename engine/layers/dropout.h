// Inverted dropout, any shape: in training each number is dropped with probability `rate`, and the others are scaled up
// so that the expected value stays.
//
//   forward  Y  = X / (1 - rate)  where kept, else 0;  in inference Y = X
//   dL/dX    dX = dY / (1 - rate) where kept, else 0;  in inference dX = dY
//
// The mask is drawn from `seed` (and the number of updates before the pass, so that training meets new masks) with
// integer random numbers: the same on every machine. The cache [shape of X] holds it as factors: 1 / (1 - rate) where
// kept, 0 where dropped. It selects, it never multiplies a dropped number: 0 * Inf would be NaN.
// Source: lesson section 7; Srivastava et al. 2014.
#pragma once

#include "../simd.h"
#include "attributes.h"
#include "geometry.h"
#include "tap.h"

namespace backstep {

struct Dropout : LayerDefaults {
  static constexpr const char* kOp = "dropout";
  static constexpr const char* kName = "dropout";

  double rate = 0.5;
  std::int64_t seed = 0;
  bool training = true;

  template <class Self, class Visitor>
  static void attributes(Self& self, Visitor& visit) {
    visit("rate", self.rate, kDropoutBounds);
    visit("seed", self.seed, kSeedBounds);
    visit("training", self.training);
  }

  Result<LayerShapes> shapes(const Shape& x) const { return LayerShapes{x, {}, {}, x}; }
  std::int64_t multiply_adds(const LayerShapes&) const { return 0; }
  FieldStep field(const Shape&) const { return {}; }

  Shape cache_shape(const LayerShapes& s) const { return training ? s.x : Shape{}; }
  template <class T>
  void fill_cache(const LayerShapes&, const Pass<T>& pass, BasicTensor<T>& cache) const {
    const std::vector<bool> kept = draw(pass.draw, cache.count());
    const T factor = static_cast<T>(1.0 / (1.0 - rate));
    for (std::int64_t i = 0; i < cache.count(); ++i) cache[i] = kept[static_cast<std::size_t>(i)] ? factor : T{0};
  }
  static const char* cache_symbol() { return "mask"; }

  template <class Visit>
  void taps(Slot slot, std::int64_t index, const LayerShapes&, Visit&& visit) const {
    const Operand mask = training ? Operand{Slot::cache, index} : Operand{};
    if (slot == Slot::y) visit(Tap{{Slot::x, index}, mask, 0});
    if (slot == Slot::dx) visit(Tap{{Slot::dy, index}, mask, 0});
  }
  template <class T>
  std::optional<T> term(Slot, std::int64_t, const Tap& tap, const Pass<T>& pass) const {
    if (!training) return pass.value(tap.a);
    if (pass.value(tap.b) == T{0}) return std::nullopt;
    return pass.value(tap.a) * pass.value(tap.b);
  }
  const char* finish_name(Slot) const { return training ? "mask" : ""; }

  void forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;
  void backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const;

 private:
  std::vector<bool> draw(std::int64_t updates, std::int64_t count) const;
};

}  // namespace backstep
