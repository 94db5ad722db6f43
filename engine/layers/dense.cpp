#include "dense.h"

namespace backstep {
namespace {

// [a,b] as [a,b,1,1]
Shape as_image(const Shape& s) { return s.is_none() ? s : Shape{s[0], s[1], 1, 1}; }

}  // namespace

Conv2d Dense::as_conv() const {
  Conv2d conv;
  conv.out_channels = out_features;
  conv.kernel = {1, 1};
  conv.bias = bias;
  return conv;
}

LayerShapes Dense::as_conv_shapes(const LayerShapes& s) { return {as_image(s.x), as_image(s.w), s.b, as_image(s.y)}; }

Result<LayerShapes> Dense::shapes(const Shape& x) const {
  if (auto ok = expect_rank(x, 2, kOp); !ok) return ok.error();
  return LayerShapes{x, Shape{out_features, x[1]}, bias ? Shape{out_features} : Shape{}, Shape{x[0], out_features}};
}

std::int64_t Dense::multiply_adds(const LayerShapes& s) const { return saturating_mul(s.y.count(), s.x[1]); }

FieldStep Dense::field(const Shape&) const {
  FieldStep step;
  step.whole = true;
  return step;
}

void Dense::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  as_conv().forward(pass, out, as_conv_shapes(s), isa);
}

void Dense::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  as_conv().backward(pass, out, as_conv_shapes(s), isa);
}

}  // namespace backstep
