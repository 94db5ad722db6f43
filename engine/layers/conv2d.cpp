#include "conv2d.h"

#include <algorithm>

#include "../reference.h"
#include "../scratch.h"
#include "conv2d_geometry.h"

namespace backstep {

ConvGeometry conv_geometry(const Conv2d& conv, const LayerShapes& s) {
  const Padding pad = conv.window(s.x).padding;
  return {s.x[0],
          s.x[1],
          s.x[2],
          s.x[3],
          s.y[1],
          s.y[2],
          s.y[3],
          conv.kernel.h,
          conv.kernel.w,
          conv.stride.h,
          conv.stride.w,
          conv.dilation.h,
          conv.dilation.w,
          pad.top,
          pad.left,
          conv.groups,
          s.x[1] / conv.groups,
          s.y[1] / conv.groups};
}

namespace {

// Kernels know only cross-correlation; true convolution turns each kernel plane by 180 degrees before and after.
void turn(const Tensor& from, Tensor& to) {
  if (&from != &to) to = from;
  const std::int64_t area = to.shape[2] * to.shape[3];
  for (std::int64_t plane = 0; plane < to.count() / std::max<std::int64_t>(area, 1); ++plane) {
    std::reverse(to.data.begin() + plane * area, to.data.begin() + (plane + 1) * area);
  }
}

const float* kernel_data(const Conv2d& conv, const Tensor& w, Scratch& scratch) {
  if (!conv.flip) return w.data.data();
  turn(w, scratch.turned);
  return scratch.turned.data.data();
}

// The gradient of the input (of a transposed convolution: its output) has as many kinds of pixels as the stride has
// cells, and a kernel's plan lists them: where windows are this far apart, the list would be longer than the work.
bool sparse(const Pair& stride) { return stride.h * stride.w > 64 * 64; }

}  // namespace

Window Conv2d::window(const Shape& x) const {
  Window win{kernel, stride, dilation, {}};
  win.padding = resolve(rule, padding, win, x[2], x[3]);
  return win;
}

Result<LayerShapes> Conv2d::shapes(const Shape& x) const {
  if (auto ok = expect_rank(x, 4, kOp); !ok) return ok.error();
  if (x[1] % groups != 0 || out_channels % groups != 0) {
    return shape_error("groups must divide the input and the output channels: " + std::to_string(x[1]) + " and " +
                       std::to_string(out_channels) + " channels in " + std::to_string(groups) + " groups");
  }
  const auto extent = window(x).out(x[2], x[3]);
  if (!extent) return extent.error();
  return LayerShapes{x, Shape{out_channels, x[1] / groups, kernel.h, kernel.w}, bias ? Shape{out_channels} : Shape{},
                     Shape{x[0], out_channels, extent->h, extent->w}};
}

std::int64_t Conv2d::multiply_adds(const LayerShapes& s) const {
  return saturating_mul(s.y.count(), saturating_mul(s.w[1], s.w[2] * s.w[3]));
}

FieldStep Conv2d::field(const Shape& x) const {
  const Padding pad = window(x).padding;
  return {kernel, stride, dilation, {pad.top, pad.left}, false};
}

void Conv2d::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference || sparse(stride)) return reference_forward<float>(*this, s, pass, out);
  Scratch local;
  Scratch& scratch = out.scratch ? *out.scratch : local;
  scratch.conv.forward(conv_geometry(*this, s), isa, pass.x->data.data(), kernel_data(*this, *pass.w, scratch),
                       bias && pass.b ? pass.b->data.data() : nullptr, out.y->data.data());
}

void Conv2d::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference || sparse(stride)) return reference_backward<float>(*this, s, pass, out);
  Scratch local;
  Scratch& scratch = out.scratch ? *out.scratch : local;
  scratch.conv.backward(conv_geometry(*this, s), isa, pass.x->data.data(),
                        out.dx ? kernel_data(*this, *pass.w, scratch) : nullptr, pass.dy->data.data(),
                        {out.dw ? out.dw->data.data() : nullptr, out.db ? out.db->data.data() : nullptr,
                         out.dx ? out.dx->data.data() : nullptr});
  if (flip && out.dw) turn(*out.dw, *out.dw);
}

}  // namespace backstep
