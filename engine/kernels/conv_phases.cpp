#include "conv_phases.h"

#include <algorithm>

namespace backstep {
namespace {

// Is there an output k of `count` whose input offset + k * step lies in [0, extent)?
bool meets(std::int64_t offset, std::int64_t step, std::int64_t count, std::int64_t extent) {
  const std::int64_t k = offset >= 0 ? 0 : (-offset + step - 1) / step;
  return k < count && offset + k * step < extent;
}

}  // namespace

AxisPhases::Range AxisPhases::outside(std::int64_t in_extent) const {
  Range out;
  for (const AxisPhase& phase : phases) {
    for (const std::int64_t offset : phase.offset) {
      out.before = std::max(out.before, -offset);
      out.after = std::max(out.after, offset + (phase.count - 1) * in_step - (in_extent - 1));
    }
  }
  return out;
}

AxisPhases forward_phases(const ConvAxis& a) {
  AxisPhases out;
  out.in_step = a.stride;
  AxisPhase phase{0, a.out, {}, {}};
  std::int64_t first = a.kernel, last = -1;
  for (std::int64_t p = 0; p < a.kernel; ++p) {
    if (!meets(p * a.dilation - a.pad, a.stride, a.out, a.in)) continue;
    first = std::min(first, p);
    last = p;
  }
  for (std::int64_t p = first; p <= last; ++p) {
    phase.taps.push_back(static_cast<std::int32_t>(p));
    phase.offset.push_back(static_cast<std::int32_t>(p * a.dilation - a.pad));
  }
  out.phases.push_back(std::move(phase));
  return out;
}

AxisPhases backward_phases(const ConvAxis& a) {
  // A single output has no stride: any larger one says the same, and then each input is a phase of the one tap that it
  // has, where a stride of 1 would walk through the halo (a dense layer after an image).
  constexpr std::int64_t kMostPhases = 64;
  const std::int64_t apart = a.in + a.pad + a.kernel * a.dilation;
  AxisPhases out;
  out.out_step = a.out == 1 && a.in <= kMostPhases ? apart : a.stride;
  for (std::int64_t r = 0; r < std::min(out.out_step, a.in); ++r) {
    AxisPhase phase{r, (a.in - r + out.out_step - 1) / out.out_step, {}, {}};
    for (std::int64_t p = 0; p < a.kernel; ++p) {
      const std::int64_t up = r + a.pad - p * a.dilation;
      if (up % out.out_step != 0 || !meets(up / out.out_step, 1, phase.count, a.out)) continue;
      phase.taps.push_back(static_cast<std::int32_t>(p));
      phase.offset.push_back(static_cast<std::int32_t>(up / out.out_step));
    }
    out.phases.push_back(std::move(phase));
  }
  return out;
}

}  // namespace backstep
