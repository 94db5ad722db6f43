#include "conv_nchw.h"

#include "lanes.h"

namespace backstep {
namespace {

// All zero, which the halo stays.
float* room(std::vector<float>& memory, const BlockedLayout& layout) {
  const auto size = static_cast<std::size_t>(layout.size());
  if (memory.size() != size) memory.assign(size, 0.0F);
  return memory.data();
}

}  // namespace

void ConvNchw::fit(const ConvGeometry& g, Isa isa) {
  if (isa == isa_ && g == plan_.geometry()) return;
  plan_ = ConvPlan(g, isa);
  isa_ = isa;
  for (std::vector<float>* memory : {&x_, &y_, &dy_, &dx_, &forward_.data, &backward_.data}) memory->clear();
  work_.resize(plan_.work());
}

void ConvNchw::forward(const ConvGeometry& g, Isa isa, const float* x, const float* w, const float* b, float* y) {
  fit(g, isa);
  const ConvPlan::Layouts& l = plan_.where();
  float* const from = room(x_, l.x);
  float* const to = room(y_, l.y);
  plan_.pack_forward(w, forward_);
  to_blocked(l.x, x, from);
  plan_.forward(from, forward_, b, false, to);
  from_blocked(l.y, to, y);
}

void ConvNchw::backward(const ConvGeometry& g, Isa isa, const float* x, const float* w, const float* dy,
                        const Gradients& out) {
  fit(g, isa);
  const ConvPlan::Layouts& l = plan_.where();
  float* const gradient = room(dy_, l.dy);
  to_blocked(l.dy, dy, gradient);
  if (out.dw || out.db) {
    std::vector<float> unwanted;  // both come out of one walk
    if (!out.dw) unwanted.resize(static_cast<std::size_t>(g.OC * g.CG * g.taps()));
    float* const dw = out.dw ? out.dw : unwanted.data();
    float* const from = room(x_, l.x);
    to_blocked(l.x, x, from);
    plan_.backward_weights(from, gradient, dw, out.db, work_.data());
  }
  if (out.dx) {
    float* const to = room(dx_, l.dx);
    plan_.pack_backward(w, backward_);
    plan_.backward_input(gradient, backward_, to);
    from_blocked(l.dx, to, out.dx);
  }
}

}  // namespace backstep
