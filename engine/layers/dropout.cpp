#include "dropout.h"

#include "../reference.h"
#include "../rng.h"

namespace backstep {
namespace {

void apply(const Tensor& value, const Tensor* mask, Tensor& out) {
  for (std::int64_t i = 0; i < value.count(); ++i) {
    const float factor = mask ? (*mask)[i] : 1.0F;
    out[i] = 0.0F + (factor == 0.0F ? 0.0F : value[i] * factor);
  }
}

}  // namespace

std::vector<bool> Dropout::draw(std::int64_t updates, std::int64_t count) const {
  // The first number of a sequence of its own for each pass: masks of neighbouring seeds and passes have nothing in
  // common.
  Rng passes(static_cast<std::uint64_t>(seed));
  Rng rng(passes.next() + static_cast<std::uint64_t>(updates) * 0x9e3779b97f4a7c15U);
  rng = Rng(rng.next());
  std::vector<bool> kept(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = rng.uniform() >= rate;
  return kept;
}

void Dropout::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_forward<float>(*this, s, pass, out);
  if (training) fill_cache<float>(s, pass, *out.cache);
  apply(*pass.x, training ? out.cache : nullptr, *out.y);
}

void Dropout::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (!out.dx) return;
  if (isa == Isa::reference) return reference_backward<float>(*this, s, pass, out);
  apply(*pass.dy, training ? pass.cache : nullptr, *out.dx);
}

}  // namespace backstep
