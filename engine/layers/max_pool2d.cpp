#include "max_pool2d.h"

#include <algorithm>

#include "../kernels/max_pool.h"
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

namespace {

// Where a window that begins at `first` lies inside an axis of `extent`.
struct Inside {
  std::int64_t begin, end;
  Inside(std::int64_t first, std::int64_t kernel, std::int64_t extent)
      : begin(first < 0 ? 0 : first), end(first + kernel > extent ? extent : first + kernel) {}
};

}  // namespace

// One kernel for every instruction set with vectors: comparing is no work for wider ones.
void MaxPool2d::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_forward<float>(*this, s, pass, out);
  const Window win = window();
  const std::int64_t H = s.x[2], W = s.x[3], OH = s.y[2], OW = s.y[3];
  const float* x = pass.x->data.data();
  float* y = out.y->data.data();
  std::int32_t* switches = out.switches ? out.switches->data.data() : nullptr;
  const bool tiles = isa != Isa::scalar && win.kernel.h == 2 && win.kernel.w == 2 && win.stride.w == 2 &&
                     win.dilation.h == 1 && win.dilation.w == 1 && win.padding.left == 0;
  for (std::int64_t plane = 0; plane < s.x[0] * s.x[1]; ++plane, x += H * W) {
    for (std::int64_t i = 0; i < OH; ++i) {
      const Inside rows(i * win.stride.h - win.padding.top, win.kernel.h, H);
      std::int64_t j = 0;
      // Rows in the padding leave windows of one row, columns in it, on the right, shorter ones.
      if (tiles && rows.end - rows.begin == 2) {
        const float* upper = x + rows.begin * W;
        const auto first = static_cast<std::int32_t>(rows.begin * W);
        j = max_pool_2x2({upper, upper + W, first, first + static_cast<std::int32_t>(W), y, switches},
                         std::min(OW, W / 2));
        y += j;
        if (switches) switches += j;
      }
      for (; j < OW; ++j) {
        const Inside columns(j * win.stride.w - win.padding.left, win.kernel.w, W);
        std::int64_t winner = rows.begin * W + columns.begin;
        float best = x[winner];
        for (std::int64_t h = rows.begin; h < rows.end; ++h) {
          for (std::int64_t w = columns.begin; w < columns.end; ++w) {
            const float value = x[h * W + w];
            if (value > best || (value != value && best == best)) {
              best = value;
              winner = h * W + w;
            }
          }
        }
        *y++ = best;
        if (switches) *switches++ = static_cast<std::int32_t>(winner);
      }
    }
  }
}

// Each window gives its gradient to its winner. From the last window to the first: that is the order in which the taps
// of an input cell name the windows that it lies in.
void MaxPool2d::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (!out.dx) return;
  if (isa == Isa::reference) return reference_backward<float>(*this, s, pass, out);
  const std::int64_t area = s.x[2] * s.x[3], windows = s.y[2] * s.y[3];
  std::fill(out.dx->data.begin(), out.dx->data.end(), 0.0F);
  for (std::int64_t plane = 0; plane < s.x[0] * s.x[1]; ++plane) {
    const float* dy = pass.dy->data.data() + plane * windows;
    const std::int32_t* winner = pass.switches->data.data() + plane * windows;
    float* dx = out.dx->data.data() + plane * area;
    for (std::int64_t k = windows; k-- > 0;) dx[winner[k]] += dy[k];
  }
}

}  // namespace backstep
