// How a sliding window looks along one axis: padded inputs, zero-inserted gradients, and where the window of a cell is.
//
// `big` is the side that windows slide over (x of a convolution, y of a transposed one), `small` the other.
#pragma once

#include <optional>

#include "engine/network.h"
#include "web/views/stage_plan.h"

namespace backstep::views {

struct WindowAxis {
  std::int64_t kernel = 1, stride = 1, dilation = 1;
  std::int64_t before = 0, after = 0;  // padding
  std::int64_t big = 1, small = 1;     // extents

  std::int64_t reach() const { return dilation * (kernel - 1) + 1; }
  // The padded big side; a window for each small cell slides over it.
  Axis padded() const { return {big, big + before + after, before, 1, false}; }
  Sweep over_padded() const { return {{small, 0, 0, stride, false}, reach()}; }
  // Which positions of the padded side some window reads.
  std::vector<bool> read() const;
  // The small side with stride - 1 zeros between its cells, padded so that the turned kernel visits every big cell:
  // the full correlation.
  Axis full() const;
  Sweep over_full() const;
  // The small side spread by the stride, sliding over the padded big side: the gradient of the kernel.
  Axis spread() const { return {small, (small - 1) * stride + 1, 0, stride, false}; }
  Sweep spread_over_padded(bool turned) const;

 private:
  std::int64_t full_before() const { return dilation * (kernel - 1) - before; }
};

struct WindowAxes {
  WindowAxis rows, cols;
  bool transposed = false;  // the layer goes from the small side to the big one
  bool flip = false;        // true convolution: the kernel is turned on the way forward
  bool weighted = false;    // has a kernel of numbers
};

// The window of a layer that slides one over its input.
std::optional<WindowAxes> window_axes(const NetworkLayer& layer);

}  // namespace backstep::views
