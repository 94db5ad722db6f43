#include "max_pool2d.h"

#include "../reference.h"

namespace backstep {

Result<LayerShapes> MaxPool2d::shapes(const Shape& x) const {
  if (auto ok = expect_rank(x, 4, kOp); !ok) return ok.error();
  const Window win = window();
  // A window that lies in the padding alone would have no winner.
  if (padding.top >= kernel.h || padding.bottom >= kernel.h || padding.left >= kernel.w || padding.right >= kernel.w) {
    return shape_error("the padding of a max pool must be smaller than its kernel: a window of padding has no maximum");
  }
  const auto extent = win.out(x[2], x[3]);
  if (!extent) return extent.error();
  return LayerShapes{x, {}, {}, Shape{x[0], x[1], extent->h, extent->w}};
}

FieldStep MaxPool2d::field(const Shape&) const {
  const Window win = window();
  return {win.kernel, win.stride, win.dilation, {win.padding.top, win.padding.left}, false};
}

// Comparisons depend on each other within a window, so there is one kernel for every instruction set.
void MaxPool2d::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_forward<float>(*this, s, pass, out);
  const Window win = window();
  const std::int64_t H = s.x[2], W = s.x[3], OH = s.y[2], OW = s.y[3];
  std::int64_t cell = 0;
  for (std::int64_t plane = 0; plane < s.x[0] * s.x[1]; ++plane) {
    const float* x = pass.x->data.data() + plane * H * W;
    for (std::int64_t i = 0; i < OH; ++i) {
      for (std::int64_t j = 0; j < OW; ++j, ++cell) {
        float best = 0.0F;
        std::int64_t winner = -1;
        for (std::int64_t p = 0; p < win.kernel.h; ++p) {
          const std::int64_t h = i * win.stride.h + p - win.padding.top;
          if (h < 0 || h >= H) continue;
          for (std::int64_t q = 0; q < win.kernel.w; ++q) {
            const std::int64_t w = j * win.stride.w + q - win.padding.left;
            if (w < 0 || w >= W) continue;
            const float value = x[h * W + w];
            if (winner < 0 || value > best || (value != value && best == best)) {
              best = value;
              winner = h * W + w;
            }
          }
        }
        (*out.y)[cell] = best;
        if (out.switches) (*out.switches)[cell] = static_cast<std::int32_t>(winner);
      }
    }
  }
}

void MaxPool2d::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (!out.dx) return;
  if (isa == Isa::reference) return reference_backward<float>(*this, s, pass, out);
  const Window win = window();
  const std::int64_t H = s.x[2], W = s.x[3], OH = s.y[2], OW = s.y[3];
  for (std::int64_t plane = 0; plane < s.x[0] * s.x[1]; ++plane) {
    for (std::int64_t h = 0; h < H; ++h) {
      for (std::int64_t w = 0; w < W; ++w) {
        float sum = 0.0F;
        for (std::int64_t p = 0; p < win.kernel.h; ++p) {
          const std::int64_t up = h + win.padding.top - p;
          if (up < 0) break;
          if (up % win.stride.h != 0 || up / win.stride.h >= OH) continue;
          for (std::int64_t q = 0; q < win.kernel.w; ++q) {
            const std::int64_t left = w + win.padding.left - q;
            if (left < 0) break;
            if (left % win.stride.w != 0 || left / win.stride.w >= OW) continue;
            const std::int64_t cell = (plane * OH + up / win.stride.h) * OW + left / win.stride.w;
            if ((*pass.switches)[cell] == h * W + w) sum += (*pass.dy)[cell];
          }
        }
        (*out.dx)[(plane * H + h) * W + w] = sum;
      }
    }
  }
}

}  // namespace backstep
