#include "conv2d.h"

#include <algorithm>

#include "../kernels/conv_kernels.h"
#include "../reference.h"

namespace backstep {
namespace {

ConvGeometry geometry(const Conv2d& conv, const LayerShapes& s) {
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

// Kernels know only cross-correlation; true convolution turns each kernel plane by 180 degrees before and after.
Tensor turned(const Tensor& w) {
  Tensor out = w;
  const std::int64_t area = w.shape[2] * w.shape[3];
  for (std::int64_t plane = 0; plane < w.count() / std::max<std::int64_t>(area, 1); ++plane) {
    std::reverse(out.data.begin() + plane * area, out.data.begin() + (plane + 1) * area);
  }
  return out;
}

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
  if (isa == Isa::reference) return reference_forward<float>(*this, s, pass, out);
  const ConvGeometry g = geometry(*this, s);
  const ConvKernels& kernels = conv_kernels(isa);
  std::vector<float> work(kernels.forward_work(g));
  const Tensor w = flip ? turned(*pass.w) : Tensor{};
  kernels.forward(g, pass.x->data.data(), (flip ? w : *pass.w).data.data(),
                  bias && pass.b ? pass.b->data.data() : nullptr, out.y->data.data(), work.data());
}

void Conv2d::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_backward<float>(*this, s, pass, out);
  const ConvGeometry g = geometry(*this, s);
  const ConvKernels& kernels = conv_kernels(isa);
  if (out.dw || out.db) {
    Tensor unasked(out.dw ? Shape{0} : s.w);
    Tensor& dw = out.dw ? *out.dw : unasked;
    std::vector<float> work(kernels.backward_weights_work(g));
    kernels.backward_weights(g, pass.x->data.data(), pass.dy->data.data(), dw.data.data(),
                             out.db ? out.db->data.data() : nullptr, work.data());
    if (flip) dw = turned(dw);
  }
  if (out.dx) {
    std::vector<float> work(kernels.backward_input_work(g));
    const Tensor w = flip ? turned(*pass.w) : Tensor{};
    kernels.backward_input(g, pass.dy->data.data(), (flip ? w : *pass.w).data.data(), out.dx->data.data(), work.data());
  }
}

}  // namespace backstep
