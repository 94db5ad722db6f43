#include "leaky_relu.h"

#include "../kernels/elementwise.h"
#include "../reference.h"

namespace backstep {

void LeakyRelu::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_forward<float>(*this, s, pass, out);
  const float* x = pass.x->data.data();
  elementwise_kernels(isa).leak(x, x, static_cast<float>(negative_slope), out.y->data.data(), pass.x->count());
}

void LeakyRelu::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_backward<float>(*this, s, pass, out);
  if (!out.dx) return;
  elementwise_kernels(isa).leak(pass.x->data.data(), pass.dy->data.data(), static_cast<float>(negative_slope),
                                out.dx->data.data(), pass.x->count());
}

}  // namespace backstep
