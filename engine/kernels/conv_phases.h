// Which taps of the kernel the outputs along one axis read. Forward every output reads the same ones; backward to the
// input they repeat with the stride, and outputs that read the same taps are one phase.
#pragma once

#include <cstdint>
#include <vector>

#include "conv_geometry.h"

namespace backstep {

struct AxisPhase {
  std::int64_t first = 0, count = 0;  // outputs first, first + step, …
  std::vector<std::int32_t> taps;     // indices into the kernel, ascending
  std::vector<std::int32_t> offset;   // the input that tap i of output 0 of the phase reads
};

struct AxisPhases {
  std::int64_t out_step = 1;  // from one output of a phase to the next
  std::int64_t in_step = 1;   // input from one output to the next
  std::vector<AxisPhase> phases;

  struct Range {
    std::int64_t before = 0, after = 0;
  };
  // Inputs outside [0, in_extent) that are read, all phases together.
  Range outside(std::int64_t in_extent) const;
};

struct ConvAxis {
  std::int64_t in, out, kernel, stride, dilation, pad;
};
inline ConvAxis row_axis(const ConvGeometry& g) { return {g.H, g.OH, g.KH, g.stride_h, g.dilation_h, g.pad_top}; }
inline ConvAxis column_axis(const ConvGeometry& g) { return {g.W, g.OW, g.KW, g.stride_w, g.dilation_w, g.pad_left}; }

// Taps before the first and after the last one that any output finds inside the image are left out.
AxisPhases forward_phases(const ConvAxis& axis);
// Taps that no output finds inside are left out.
AxisPhases backward_phases(const ConvAxis& axis);

}  // namespace backstep
