#include "relu.h"

#include "../kernels/elementwise.h"
#include "../reference.h"

namespace backstep {

void Relu::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_forward<float>(*this, s, pass, out);
  elementwise_kernels(isa).gate(pass.x->data.data(), pass.x->data.data(), out.y->data.data(), pass.x->count());
}

void Relu::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_backward<float>(*this, s, pass, out);
  if (!out.dx) return;
  elementwise_kernels(isa).gate(pass.x->data.data(), pass.dy->data.data(), out.dx->data.data(), pass.x->count());
}

}  // namespace backstep
