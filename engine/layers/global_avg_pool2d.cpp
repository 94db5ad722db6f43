#include "global_avg_pool2d.h"

#include "../reference.h"

namespace backstep {

Result<LayerShapes> GlobalAvgPool2d::shapes(const Shape& x) const {
  if (auto ok = expect_rank(x, 4, kOp); !ok) return ok.error();
  return LayerShapes{x, {}, {}, Shape{x[0], x[1], 1, 1}};
}

FieldStep GlobalAvgPool2d::field(const Shape& x) const {
  FieldStep step;
  step.kernel = {x[2], x[3]};
  step.whole = true;
  return step;
}

void GlobalAvgPool2d::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_forward<float>(*this, s, pass, out);
  const std::int64_t H = s.x[2], W = s.x[3];
  for (std::int64_t plane = 0; plane < s.y.count(); ++plane) {
    float sum = 0.0F;
    for (std::int64_t h = 0; h < H; ++h) {
      const float* x = pass.x->data.data() + (plane * H + h) * W;
      float row = 0.0F;
      for (std::int64_t w = 0; w < W; ++w) row += x[w];
      sum += row;
    }
    (*out.y)[plane] = sum / static_cast<float>(H * W);
  }
}

void GlobalAvgPool2d::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s,
                               Isa isa) const {
  if (!out.dx) return;
  if (isa == Isa::reference) return reference_backward<float>(*this, s, pass, out);
  const std::int64_t area = s.x[2] * s.x[3];
  for (std::int64_t i = 0; i < s.x.count(); ++i) {
    (*out.dx)[i] = (0.0F + (*pass.dy)[i / area]) / static_cast<float>(area);
  }
}

}  // namespace backstep
