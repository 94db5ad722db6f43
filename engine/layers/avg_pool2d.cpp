#include "avg_pool2d.h"

#include <algorithm>

#include "../reference.h"

namespace backstep {
namespace {

// First and one-past-last input row (or column) that a window's row range covers, inside the image.
struct Range {
  std::int64_t first, last;
};

Range inside(std::int64_t at, std::int64_t stride, std::int64_t before, std::int64_t kernel, std::int64_t extent) {
  const std::int64_t origin = at * stride - before;
  return {std::max<std::int64_t>(origin, 0), std::min(origin + kernel, extent)};
}

}  // namespace

Result<LayerShapes> AvgPool2d::shapes(const Shape& x) const {
  if (auto ok = expect_rank(x, 4, kOp); !ok) return ok.error();
  // Without count_include_pad a window of padding alone would be divided by 0.
  if (padding.top >= kernel.h || padding.bottom >= kernel.h || padding.left >= kernel.w || padding.right >= kernel.w) {
    return shape_error("the padding of an average pool must be smaller than its kernel");
  }
  const auto extent = window().out(x[2], x[3]);
  if (!extent) return extent.error();
  return LayerShapes{x, {}, {}, Shape{x[0], x[1], extent->h, extent->w}};
}

FieldStep AvgPool2d::field(const Shape&) const {
  const Window win = window();
  return {win.kernel, win.stride, win.dilation, {win.padding.top, win.padding.left}, false};
}

std::int64_t AvgPool2d::divisor(const Shape& x, std::int64_t i, std::int64_t j) const {
  if (count_include_pad) return kernel.h * kernel.w;
  const Window win = window();
  const Range rows = inside(i, win.stride.h, padding.top, kernel.h, x[2]);
  const Range columns = inside(j, win.stride.w, padding.left, kernel.w, x[3]);
  return (rows.last - rows.first) * (columns.last - columns.first);
}

void AvgPool2d::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_forward<float>(*this, s, pass, out);
  const Window win = window();
  const std::int64_t H = s.x[2], W = s.x[3], OH = s.y[2], OW = s.y[3];
  std::int64_t cell = 0;
  for (std::int64_t plane = 0; plane < s.x[0] * s.x[1]; ++plane) {
    const float* x = pass.x->data.data() + plane * H * W;
    for (std::int64_t i = 0; i < OH; ++i) {
      const Range rows = inside(i, win.stride.h, padding.top, kernel.h, H);
      for (std::int64_t j = 0; j < OW; ++j, ++cell) {
        const Range columns = inside(j, win.stride.w, padding.left, kernel.w, W);
        float sum = 0.0F;
        for (std::int64_t h = rows.first; h < rows.last; ++h) {
          float row = 0.0F;
          for (std::int64_t w = columns.first; w < columns.last; ++w) row += x[h * W + w];
          sum += row;
        }
        (*out.y)[cell] = sum / static_cast<float>(divisor(s.x, i, j));
      }
    }
  }
}

void AvgPool2d::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (!out.dx) return;
  if (isa == Isa::reference) return reference_backward<float>(*this, s, pass, out);
  const Window win = window();
  const std::int64_t H = s.x[2], W = s.x[3], OH = s.y[2], OW = s.y[3];
  // Each window's share, divided once.
  Tensor share(s.y);
  for (std::int64_t cell = 0; cell < share.count(); ++cell) {
    share[cell] = (*pass.dy)[cell] / static_cast<float>(divisor(s.x, cell / OW % OH, cell % OW));
  }
  for (std::int64_t plane = 0; plane < s.x[0] * s.x[1]; ++plane) {
    for (std::int64_t h = 0; h < H; ++h) {
      for (std::int64_t w = 0; w < W; ++w) {
        float sum = 0.0F;
        for (std::int64_t p = 0; p < kernel.h; ++p) {
          const std::int64_t up = h + padding.top - p;
          if (up < 0) break;
          if (up % win.stride.h != 0 || up / win.stride.h >= OH) continue;
          for (std::int64_t q = 0; q < kernel.w; ++q) {
            const std::int64_t left = w + padding.left - q;
            if (left < 0) break;
            if (left % win.stride.w != 0 || left / win.stride.w >= OW) continue;
            sum += share[(plane * OH + up / win.stride.h) * OW + left / win.stride.w];
          }
        }
        (*out.dx)[(plane * H + h) * W + w] = sum;
      }
    }
  }
}

}  // namespace backstep
