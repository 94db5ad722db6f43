// Taps of pooling windows, shared by the pooling layers: a window reads one channel's plane and has no weights.
#pragma once

#include "geometry.h"
#include "tap.h"

namespace backstep {

// y: the real cells of the window, a group for each window row. dx: the windows that hold the cell, over p, q.
template <class Visit>
void pool_taps(const Window& win, Slot slot, std::int64_t index, const LayerShapes& s, Visit&& visit) {
  const std::int64_t H = s.x[2], W = s.x[3], OH = s.y[2], OW = s.y[3];
  const auto at = s.of(slot).unravel(index);
  const std::int64_t plane = at[0] * s.x[1] + at[1];
  for (std::int64_t p = 0; p < win.kernel.h; ++p) {
    for (std::int64_t q = 0; q < win.kernel.w; ++q) {
      if (slot == Slot::y) {
        const std::int64_t h = at[2] * win.stride.h + p - win.padding.top;
        const std::int64_t w = at[3] * win.stride.w + q - win.padding.left;
        if (h < 0 || h >= H || w < 0 || w >= W) continue;
        visit(Tap{{Slot::x, (plane * H + h) * W + w}, {}, p});
      } else if (slot == Slot::dx) {
        const std::int64_t up = at[2] + win.padding.top - p;
        const std::int64_t left = at[3] + win.padding.left - q;
        if (up < 0 || left < 0 || up % win.stride.h != 0 || left % win.stride.w != 0) continue;
        if (up / win.stride.h >= OH || left / win.stride.w >= OW) continue;
        visit(Tap{{Slot::dy, (plane * OH + up / win.stride.h) * OW + left / win.stride.w}, {}, 0});
      }
    }
  }
}

}  // namespace backstep
