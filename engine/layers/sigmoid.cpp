#include "sigmoid.h"

#include "../reference.h"

namespace backstep {

void Sigmoid::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_forward<float>(*this, s, pass, out);
  for (std::int64_t i = 0; i < pass.x->count(); ++i) {
    (*out.y)[i] = static_cast<float>(math::sigmoid(static_cast<double>(0.0F + (*pass.x)[i])));
  }
}

void Sigmoid::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_backward<float>(*this, s, pass, out);
  if (!out.dx) return;
  for (std::int64_t i = 0; i < pass.x->count(); ++i) {
    const double dy = static_cast<double>((*pass.dy)[i]);
    (*out.dx)[i] = 0.0F + static_cast<float>(dy * slope(static_cast<double>((*pass.x)[i])));
  }
}

}  // namespace backstep
