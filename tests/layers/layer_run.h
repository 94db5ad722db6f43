// One layer with all the tensors around it, run by the kernels of an instruction set or by the reference in double.
#pragma once

#include "engine/layers.h"
#include "engine/reference.h"
#include "tests/engine/support.h"

namespace backstep::test {

template <class T>
struct LayerRun {
  LayerShapes shapes;
  BasicTensor<T> x, w, b, dy;           // in
  BasicTensor<T> y, dx, dw, db, cache;  // out
  IndexTensor switches;

  Pass<T> pass() const {
    Pass<T> out;
    out.x = &x;
    out.w = shapes.w.is_none() ? nullptr : &w;
    out.b = shapes.b.is_none() ? nullptr : &b;
    out.y = &y;
    out.dy = &dy;
    out.dw = &dw;
    out.db = &db;
    out.switches = &switches;
    out.cache = &cache;
    return out;
  }

  // Results must overwrite what was there before.
  static BasicTensor<T> used(const Shape& shape) {
    BasicTensor<T> out(shape);
    for (T& value : out.data) value = T{12345};
    return out;
  }

  template <class L>
  void forward(const L& layer, Isa isa) {
    y = used(shapes.y);
    if (!layer.cache_shape(shapes).is_none()) cache = used(layer.cache_shape(shapes));
    if (layer.has_switches()) switches = IndexTensor(shapes.y);
    Outputs<T> out;
    out.y = &y;
    out.cache = &cache;
    out.switches = layer.has_switches() ? &switches : nullptr;
    if constexpr (std::is_same_v<T, float>) {
      layer.forward(pass(), out, shapes, isa);
    } else {
      reference_forward<T>(layer, shapes, pass(), out);
    }
  }

  template <class L>
  void backward(const L& layer, Isa isa) {
    dx = used(shapes.x);
    Outputs<T> out;
    out.dx = &dx;
    if (!shapes.w.is_none()) {
      dw = used(shapes.w);
      out.dw = &dw;
    }
    if (!shapes.b.is_none()) {
      db = used(shapes.b);
      out.db = &db;
    }
    if constexpr (std::is_same_v<T, float>) {
      layer.backward(pass(), out, shapes, isa);
    } else {
      reference_backward<T>(layer, shapes, pass(), out);
    }
  }

  template <class L>
  void run(const L& layer, Isa isa = Isa::reference) {
    forward(layer, isa);
    backward(layer, isa);
  }

  BasicTensor<T>& in(Slot slot) { return slot == Slot::x ? x : slot == Slot::w ? w : slot == Slot::b ? b : dy; }
  const BasicTensor<T>& out(Slot slot) const {
    return slot == Slot::y ? y : slot == Slot::dx ? dx : slot == Slot::dw ? dw : db;
  }
};

inline constexpr Slot kInputs[] = {Slot::x, Slot::w, Slot::b, Slot::dy};
inline constexpr Slot kResults[] = {Slot::y, Slot::dw, Slot::db, Slot::dx};

template <class L>
LayerShapes shapes_of(const L& layer, const Shape& x) {
  const auto shapes = layer.shapes(x);
  REQUIRE_MESSAGE(shapes, (shapes ? std::string() : shapes.error().message));
  return *shapes;
}

// A run with random numbers by `fill(rng, shape)`.
template <class L, class Fill>
auto filled_run(const L& layer, const Shape& x, Rng& rng, Fill&& fill) {
  using Values = decltype(fill(rng, x));
  LayerRun<typename std::remove_cvref_t<decltype(Values{}.data)>::value_type> run;
  run.shapes = shapes_of(layer, x);
  run.x = fill(rng, run.shapes.x);
  if (!run.shapes.w.is_none()) run.w = fill(rng, run.shapes.w);
  if (!run.shapes.b.is_none()) run.b = fill(rng, run.shapes.b);
  run.dy = fill(rng, run.shapes.y);
  return run;
}

// Forward and backward of a layer on numbers given by hand, by each instruction set of this machine, which must agree.
template <class L>
LayerRun<float> run_by_hand(const L& layer, const Tensor& x, const Tensor& w, const Tensor& b, const Tensor& dy) {
  LayerRun<float> first;
  for (const Isa isa : available_isas()) {
    LayerRun<float> run;
    run.shapes = shapes_of(layer, x.shape);
    REQUIRE(w.shape == run.shapes.w);
    REQUIRE(b.shape == run.shapes.b);
    REQUIRE(dy.shape == run.shapes.y);
    run.x = x;
    run.w = w;
    run.b = b;
    run.dy = dy;
    run.run(layer, isa);
    if (isa == Isa::reference) first = run;
    for (const Slot slot : kResults) CHECK(difference(run.out(slot), first.out(slot)) == "");
    CHECK(difference(run.switches, first.switches) == "");
  }
  return first;
}

// One image, one channel; a signal is an image of one row.
inline Tensor image(std::int64_t h, std::int64_t w, std::vector<float> values) {
  return tensor({1, 1, h, w}, std::move(values));
}
inline Tensor signal(std::vector<float> values) {
  const auto w = static_cast<std::int64_t>(values.size());
  return image(1, w, std::move(values));
}
inline Tensor vector(std::vector<float> values) {
  const auto n = static_cast<std::int64_t>(values.size());
  return tensor({n}, std::move(values));
}

using Numbers = std::vector<float>;

}  // namespace backstep::test
