// The part of ConvPlan that computes the gradients of weights and bias.
#include <algorithm>

#include "conv_plan.h"

namespace backstep {

std::int64_t ConvPlan::numbers() const { return g_.depthwise() ? 1 : layouts_.x.lanes; }

std::size_t ConvPlan::work() const {
  std::int64_t lanes = 0;
  for (const Panel& panel : forward_.panels) lanes = std::max<std::int64_t>(lanes, panel.kernels->lanes);
  return static_cast<std::size_t>(forward_.phases[0].taps() * numbers() * lanes);
}

void ConvPlan::backward_weights(const float* x, const float* dy, float* dw, float* db, float* work) const {
  const BlockedLayout& in = layouts_.x;
  if (forward_.phases[0].taps() != g_.taps()) std::fill_n(dw, g_.OC * g_.CG * g_.taps(), 0.0F);
  for (std::int64_t group = 0; group < in.G; ++group) {
    for (const Panel& panel : forward_.panels) {
      // Row sums of dy are finite only if every dy is.
      const bool fast = sum_rows(panel, group, dy, db) && forward_.in_halo;
      for (std::int64_t index = 0; index < (g_.depthwise() ? 1 : in.blocks); ++index) {
        const Block block{group, g_.depthwise() ? panel.first / in.lanes : index};
        std::fill_n(work, forward_.phases[0].taps() * numbers() * panel.kernels->lanes, 0.0F);
        gradient(panel, block, fast, x, dy, work);
        unpack(panel, block, work, dw);
      }
    }
  }
}

bool ConvPlan::sum_rows(const Panel& panel, std::int64_t group, const float* dy, float* db) const {
  const BlockedLayout& l = layouts_.dy;
  float total[ConvKernels::kMaxLanes];
  RowSums k{};
  k.dy = dy + l.origin() + group * l.group() + panel.first / l.lanes * l.block();
  k.total = total;
  k.samples = l.N;
  k.rows = l.H;
  k.width = l.W;
  k.dy_sample = l.sample();
  k.dy_row = l.row();
  k.dy_pixel = l.pixel();
  k.dy_block = l.block();
  panel.kernels->row_sums(k);
  float zero = 0.0F;
  for (std::int64_t lane = 0; lane < panel.live; ++lane) zero += total[lane] * 0.0F;
  if (db) std::copy_n(total, panel.live, db + group * (l.C / l.G) + panel.first);
  return zero == 0.0F;
}

void ConvPlan::gradient(const Panel& panel, Block block, bool fast, const float* x, const float* dy,
                        float* total) const {
  const BlockedLayout &in = layouts_.x, &out = layouts_.dy;
  const AxisPhase &rows = forward_.phases[0].rows, &columns = forward_.phases[0].columns;
  const std::int64_t tap_columns = static_cast<std::int64_t>(columns.taps.size());
  if (forward_.phases[0].taps() == 0) return;
  const std::int64_t lanes = panel.kernels->lanes;
  const std::int64_t live = g_.depthwise() ? 1 : std::min(in.lanes, g_.CG - block.index * in.lanes);

  GradientWalk k{};
  k.x = x + in.origin() + block.group * in.group() + block.index * in.block() + rows.offset.front() * in.row();
  k.dy = dy + out.origin() + block.group * out.group() + panel.first / out.lanes * out.block();
  k.total = total;
  k.samples = g_.N;
  k.rows = g_.OH;
  k.width = g_.OW;
  k.tap_rows = static_cast<std::ptrdiff_t>(rows.taps.size());
  k.x_sample = in.sample();
  k.x_row = g_.stride_h * in.row();
  k.x_pixel = g_.stride_w * in.pixel();
  k.x_tap_row = g_.dilation_h * in.row();
  k.dy_sample = out.sample();
  k.dy_row = out.row();
  k.dy_pixel = out.pixel();
  k.dy_block = out.block();
  k.total_tap_row = tap_columns * numbers() * lanes;
  k.total_run = numbers() * lanes;
  k.H = g_.H;
  k.stride_h = g_.stride_h;
  k.dilation_h = g_.dilation_h;
  k.pad_top = -rows.offset.front();

  if (fast) {
    k.x += columns.offset.front() * in.pixel();
    if (g_.dilation_w == 1 && live == numbers()) {
      k.runs = 1;
      k.length = tap_columns * numbers();
    } else {
      k.runs = tap_columns;
      k.length = live;
      k.x_run = g_.dilation_w * in.pixel();
    }
    if (g_.OH == 1 && g_.OW == 1) {
      // One subtotal of one term for each sample: the same as one subtotal over the samples.
      k.width = g_.N;
      k.samples = 1;
      k.x_pixel = in.sample();
      k.dy_pixel = out.sample();
    }
    panel.kernels->gradient(k);
    return;
  }
  // Column by column of the kernel, each with the outputs that find it inside the image.
  const float* const first_x = k.x;
  const float* const first_dy = k.dy;
  k.runs = 1;
  k.length = live;
  for (std::int64_t q = 0; q < tap_columns; ++q) {
    const std::int64_t offset = columns.offset[static_cast<std::size_t>(q)];
    const std::int64_t begin = offset >= 0 ? 0 : (-offset + g_.stride_w - 1) / g_.stride_w;
    const std::int64_t end = offset >= g_.W ? 0 : std::min(g_.OW, (g_.W - 1 - offset) / g_.stride_w + 1);
    if (begin >= end) continue;
    k.x = first_x + (offset + begin * g_.stride_w) * in.pixel();
    k.dy = first_dy + begin * out.pixel();
    k.width = end - begin;
    k.total = total + q * k.total_run;
    panel.kernels->gradient(k);
  }
}

void ConvPlan::unpack(const Panel& panel, Block block, const float* total, float* dw) const {
  const AxisPhase &rows = forward_.phases[0].rows, &columns = forward_.phases[0].columns;
  const std::int64_t lanes = panel.kernels->lanes, numbers = this->numbers();
  const std::int64_t first = g_.depthwise() ? 0 : block.index * layouts_.x.lanes;
  const std::int64_t live = g_.depthwise() ? 1 : std::min(numbers, g_.CG - first);
  for (std::int64_t lane = 0; lane < panel.live; ++lane) {
    float* to = dw + ((block.group * g_.OG + panel.first + lane) * g_.CG + first) * g_.taps();
    for (std::int64_t channel = 0; channel < live; ++channel, to += g_.taps()) {
      const float* from = total + channel * lanes + lane;
      for (const std::int64_t p : rows.taps) {
        for (const std::int64_t q : columns.taps) {
          to[p * g_.KW + q] = *from;
          from += numbers * lanes;
        }
      }
    }
  }
}

}  // namespace backstep
