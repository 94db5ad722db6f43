#include "web/views/window_axes.h"

#include <algorithm>

namespace backstep::views {
namespace {

WindowAxes axes_of(const Window& w, const Shape& big, const Shape& small) {
  WindowAxes out;
  out.rows = {w.kernel.h, w.stride.h, w.dilation.h, w.padding.top, w.padding.bottom, big[2], small[2]};
  out.cols = {w.kernel.w, w.stride.w, w.dilation.w, w.padding.left, w.padding.right, big[3], small[3]};
  return out;
}

template <class Op>
std::optional<WindowAxes> axes_of(const Op& op, const LayerShapes& s) {
  // Pooling layers have a window of their own size; layers without one have no axes.
  if constexpr (requires { op.window(); }) return axes_of(op.window(), s.x, s.y);
  return std::nullopt;
}

std::optional<WindowAxes> axes_of(const Conv2d& op, const LayerShapes& s) {
  WindowAxes out = axes_of(op.window(s.x), s.x, s.y);
  out.flip = op.flip;
  out.weighted = true;
  return out;
}

std::optional<WindowAxes> axes_of(const ConvTranspose2d& op, const LayerShapes& s) {
  WindowAxes out = axes_of(Window{op.kernel, op.stride, op.dilation, op.padding}, s.y, s.x);
  out.transposed = true;
  out.weighted = true;
  return out;
}

}  // namespace

std::vector<bool> WindowAxis::read() const {
  std::vector<bool> out(static_cast<std::size_t>(padded().extent), false);
  for (std::int64_t i = 0; i < small; ++i) {
    for (std::int64_t p = 0; p < kernel; ++p) {
      const auto at = static_cast<std::size_t>(i * stride + p * dilation);
      if (at < out.size()) out[at] = true;
    }
  }
  if (std::find(out.begin(), out.end(), false) == out.end()) out.clear();
  return out;
}

Axis WindowAxis::full() const {
  // With more padding than the kernel reaches, some gradients belong to padding alone: they stand outside every window.
  const std::int64_t low = std::min<std::int64_t>(0, full_before());
  const std::int64_t end = std::max(big + reach() - 1, full_before() + (small - 1) * stride + 1);
  return {small, end - low, full_before() - low, stride, false};
}

Sweep WindowAxis::over_full() const { return {{big, 0, -std::min<std::int64_t>(0, full_before()), 1, false}, reach()}; }

Sweep WindowAxis::spread_over_padded(bool turned) const {
  return {{kernel, 0, 0, dilation, turned}, (small - 1) * stride + 1};
}

std::optional<WindowAxes> window_axes(const NetworkLayer& layer) {
  return std::visit([&](const auto& op) { return axes_of(op, layer.shapes); }, layer.op);
}

}  // namespace backstep::views
