#include "conv_transpose2d.h"

#include <algorithm>

#include "../reference.h"
#include "../scratch.h"

namespace backstep {
namespace {

// The convolution whose transpose this is: it reads y and writes x.
ConvGeometry geometry(const ConvTranspose2d& t, const LayerShapes& s) {
  return {s.y[0],
          s.y[1],
          s.y[2],
          s.y[3],
          s.x[1],
          s.x[2],
          s.x[3],
          t.kernel.h,
          t.kernel.w,
          t.stride.h,
          t.stride.w,
          t.dilation.h,
          t.dilation.w,
          t.padding.top,
          t.padding.left,
          t.groups,
          s.y[1] / t.groups,
          s.x[1] / t.groups};
}

struct Axis {
  const char* what;
  std::int64_t extent, before, after, kernel, stride, dilation, extra;

  std::int64_t out() const {
    return saturating_add(saturating_mul(extent - 1, stride), dilation * (kernel - 1) + 1 + extra) - before - after;
  }
  std::string formula() const {
    const auto n = [](std::int64_t v) { return std::to_string(v); };
    return "(" + n(extent) + " - 1)*" + n(stride) + " - " + n(before) + " - " + n(after) + " + " + n(dilation) + "*(" +
           n(kernel) + " - 1) + 1 + " + n(extra) + " = " + n(out());
  }
  Status check() const {
    if (extra >= std::max(stride, dilation)) {
      return shape_error("output_padding must be smaller than the stride or the dilation: output_padding " +
                         std::to_string(extra) + ", stride " + std::to_string(stride) + ", dilation " +
                         std::to_string(dilation));
    }
    if (out() < 1) {
      return shape_error(std::string("the padding cuts the whole output away: output ") + what + " = " + formula());
    }
    return Nothing{};
  }
};

// The gradient of the input (of a transposed convolution: its output) has as many kinds of pixels as the stride has
// cells, and a kernel's plan lists them: where windows are this far apart, the list would be longer than the work.
bool sparse(const Pair& stride) { return stride.h * stride.w > 64 * 64; }

}  // namespace

Result<LayerShapes> ConvTranspose2d::shapes(const Shape& x) const {
  if (auto ok = expect_rank(x, 4, kOp); !ok) return ok.error();
  if (x[1] % groups != 0 || out_channels % groups != 0) {
    return shape_error("groups must divide the input and the output channels: " + std::to_string(x[1]) + " and " +
                       std::to_string(out_channels) + " channels in " + std::to_string(groups) + " groups");
  }
  const Axis rows{"rows", x[2], padding.top, padding.bottom, kernel.h, stride.h, dilation.h, output_padding.h};
  const Axis columns{"columns", x[3], padding.left, padding.right, kernel.w, stride.w, dilation.w, output_padding.w};
  if (auto ok = rows.check(); !ok) return ok.error();
  if (auto ok = columns.check(); !ok) return ok.error();
  return LayerShapes{x, Shape{x[1], out_channels / groups, kernel.h, kernel.w}, bias ? Shape{out_channels} : Shape{},
                     Shape{x[0], out_channels, rows.out(), columns.out()}};
}

std::int64_t ConvTranspose2d::multiply_adds(const LayerShapes& s) const {
  return saturating_mul(s.x.count(), saturating_mul(s.w[1], s.w[2] * s.w[3]));
}

FieldStep ConvTranspose2d::field(const Shape&) const {
  FieldStep step{kernel, stride, dilation, {padding.top, padding.left}, false};
  step.transposed = true;
  return step;
}

std::optional<Fans> ConvTranspose2d::fans(const LayerShapes& s) {
  const std::int64_t area = s.w[2] * s.w[3];
  const std::int64_t groups = s.y[1] / s.w[1];
  return Fans{s.x[1] / groups * area, s.w[1] * area};
}

void ConvTranspose2d::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference || sparse(stride)) return reference_forward<float>(*this, s, pass, out);
  Scratch local;
  Scratch& scratch = out.scratch ? *out.scratch : local;
  scratch.conv.backward(geometry(*this, s), isa, nullptr, pass.w->data.data(), pass.x->data.data(),
                        {nullptr, nullptr, out.y->data.data()});
  if (!bias || !pass.b) return;
  const std::int64_t area = s.y[2] * s.y[3];
  for (std::int64_t plane = 0; plane < s.y[0] * s.y[1]; ++plane) {
    const float b = (*pass.b)[plane % s.y[1]];
    float* y = out.y->data.data() + plane * area;
    for (std::int64_t i = 0; i < area; ++i) y[i] += b;
  }
}

void ConvTranspose2d::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s,
                               Isa isa) const {
  if (isa == Isa::reference || sparse(stride)) return reference_backward<float>(*this, s, pass, out);
  const ConvGeometry g = geometry(*this, s);
  Scratch local;
  Scratch& scratch = out.scratch ? *out.scratch : local;
  if (out.dw) {
    scratch.conv.backward(g, isa, pass.dy->data.data(), nullptr, pass.x->data.data(),
                          {out.dw->data.data(), nullptr, nullptr});
  }
  if (out.db) {
    const std::int64_t OC = s.y[1], OH = s.y[2], OW = s.y[3];
    for (std::int64_t o = 0; o < OC; ++o) {
      float total = 0.0F;
      for (std::int64_t row = 0; row < s.y[0] * OH; ++row) {
        const float* dy = pass.dy->data.data() + ((row / OH * OC + o) * OH + row % OH) * OW;
        float subtotal = 0.0F;
        for (std::int64_t u = 0; u < OW; ++u) subtotal += dy[u];
        total += subtotal;
      }
      (*out.db)[o] = total;
    }
  }
  if (out.dx) {
    scratch.conv.forward(g, isa, pass.dy->data.data(), pass.w->data.data(), nullptr, out.dx->data.data());
  }
}

}  // namespace backstep
