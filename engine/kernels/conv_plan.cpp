#include "conv_plan.h"

#include <algorithm>
#include <cstring>

#include "lanes.h"

namespace backstep {
namespace {

// Zeros around an image may cost memory, but not much more than the image itself.
bool worth_a_halo(const BlockedLayout& plain, const BlockedLayout& padded) {
  constexpr std::int64_t kSmall = 1 << 16;
  return padded.size() <= 4 * plain.size() + kSmall;
}

BlockedLayout with_halo(BlockedLayout layout, const AxisPhases& rows, const AxisPhases& columns) {
  const BlockedLayout plain = layout;
  const auto [top, bottom] = rows.outside(layout.H);
  const auto [left, right] = columns.outside(layout.W);
  layout.halo = {top, left, bottom, right};
  return worth_a_halo(plain, layout) ? layout : plain;
}

bool holds(const BlockedLayout& layout, const AxisPhases& rows, const AxisPhases& columns) {
  const auto [top, bottom] = rows.outside(layout.H);
  const auto [left, right] = columns.outside(layout.W);
  return layout.halo.top >= top && layout.halo.bottom >= bottom && layout.halo.left >= left &&
         layout.halo.right >= right;
}

// Makes the pixel loop long: dimensions that follow each other become one, and a short row changes places.
void stretch(Walk& k) {
  struct Dimension {
    std::ptrdiff_t count, x, y;
  };
  Dimension sample{k.samples, k.x_sample, k.y_sample}, row{k.rows, k.x_row, k.y_row},
      pixel{k.width, k.x_pixel, k.y_pixel};
  const auto join = [](Dimension& outer, Dimension& inner) {
    if (inner.count == 1) {
      std::swap(outer, inner);
    } else if (outer.count > 1 && outer.x == inner.count * inner.x && outer.y == inner.count * inner.y) {
      inner.count *= outer.count;
      outer.count = 1;
    }
  };
  join(row, pixel);
  join(sample, row);
  join(row, pixel);
  constexpr std::ptrdiff_t kShort = 4;
  if (pixel.count < kShort) std::swap(pixel, row.count > sample.count ? row : sample);
  k.samples = sample.count, k.x_sample = sample.x, k.y_sample = sample.y;
  k.rows = row.count, k.x_row = row.x, k.y_row = row.y;
  k.width = pixel.count, k.x_pixel = pixel.x, k.y_pixel = pixel.y;
}

}  // namespace

ConvPlan::Layouts ConvPlan::layouts(const ConvGeometry& g) {
  BlockedLayout x(g.N, g.C, g.H, g.W, g.G), y(g.N, g.OC, g.OH, g.OW, g.G);
  if (g.depthwise()) {
    // Channels are independent of each other, so blocks of them need not end where groups do.
    for (BlockedLayout* l : {&x, &y}) {
      l->G = 1;
      l->lanes = BlockedLayout::kLanes;
      l->blocks = (l->C + l->lanes - 1) / l->lanes;
    }
  }
  return {with_halo(x, forward_phases(row_axis(g)), forward_phases(column_axis(g))), y,
          with_halo(y, backward_phases(row_axis(g)), backward_phases(column_axis(g))), x};
}

ConvPlan::ConvPlan(const ConvGeometry& g, const Layouts& layouts, Isa isa)
    : g_(g), layouts_(layouts), kernels_(&conv_kernels(isa)) {
  forward_ = direction(layouts.x, layouts.y, true);
  backward_ = direction(layouts.dy, layouts.dx, false);
}

ConvPlan::Direction ConvPlan::direction(const BlockedLayout& in, const BlockedLayout& out, bool forward) const {
  Direction d;
  d.in = in;
  d.out = out;
  d.row_axis = forward ? forward_phases(row_axis(g_)) : backward_phases(row_axis(g_));
  d.column_axis = forward ? forward_phases(column_axis(g_)) : backward_phases(column_axis(g_));
  d.in_halo = holds(in, d.row_axis, d.column_axis);
  d.in_channels = g_.depthwise() ? 1 : forward ? g_.CG : g_.OG;
  d.lane_step = forward ? g_.CG * g_.taps() : g_.taps();
  d.in_step = forward ? g_.taps() : g_.CG * g_.taps();
  d.panels = panels(g_.depthwise() ? g_.C : forward ? g_.OG : g_.CG);
  for (const AxisPhase& rows : d.row_axis.phases) {
    for (const AxisPhase& columns : d.column_axis.phases) {
      Phase& phase = d.phases.emplace_back(Phase{rows, columns, {}});
      phase.steps = list_steps(d, phase);
    }
  }
  return d;
}

std::vector<std::int32_t> ConvPlan::list_steps(const Direction& d, const Phase& phase) const {
  std::vector<std::int32_t> steps;
  if (phase.taps() == 0) return steps;
  const std::int64_t start = phase.rows.offset.front() * d.in.row() + phase.columns.offset.front() * d.in.pixel();
  std::int64_t at = start;
  const auto go_to = [&](std::int64_t place) {
    steps.push_back(static_cast<std::int32_t>((place - at) * static_cast<std::int64_t>(sizeof(float))));
    at = place;
  };
  // A short walk is listed whole: one loop, no matter how few taps a block has.
  constexpr std::int64_t kShort = 256;
  const bool whole = d.in_channels * phase.taps() <= kShort;
  const std::int64_t channels = whole ? d.in_channels : std::min(d.in_channels, d.in.lanes);
  for (std::int64_t channel = 0; channel < channels; ++channel) {
    for (const std::int64_t row : phase.rows.offset) {
      for (const std::int64_t column : phase.columns.offset) {
        const std::int64_t place = channel / d.in.lanes * d.in.block() + channel % d.in.lanes;
        go_to(place + row * d.in.row() + column * d.in.pixel());
      }
    }
  }
  go_to(start + d.in.block());
  steps.erase(steps.begin());  // from the start to the first tap
  return steps;
}

std::vector<ConvPlan::Panel> ConvPlan::panels(std::int64_t channels) const {
  std::vector<Panel> out;
  for (std::int64_t first = 0; first < channels;) {
    const std::int64_t left = channels - first;
    const PanelKernels* best = &kernels_->depthwise;
    if (!g_.depthwise()) {
      // The narrowest panel that takes all that is left, else the widest whose lanes are all needed.
      best = &kernels_->panel[kernels_->widths - 1];
      for (int i = kernels_->widths - 1; i >= 0; --i) {
        const std::int64_t lanes = kernels_->panel[i].lanes;
        const std::int64_t rounded = lanes > BlockedLayout::kLanes ? BlockedLayout::kLanes : lanes;
        if (lanes - left < rounded && best->lanes < left) best = &kernels_->panel[i];
      }
    }
    out.push_back({best, first, std::min<std::int64_t>(left, best->lanes)});
    first += best->lanes;
  }
  return out;
}

void ConvPlan::pack(const Direction& d, const float* w, PackedWeights& packed) const {
  packed.finite = all_finite(w, g_.OC * g_.CG * g_.taps());
  std::size_t size = 0;
  for (const Phase& phase : d.phases) {
    for (const Panel& panel : d.panels) {
      size += static_cast<std::size_t>(d.in.G * d.in_channels * phase.taps() * panel.kernels->lanes);
    }
  }
  if (packed.data.size() != size) packed.data.assign(size, 0.0F);
  float* to = packed.data.data();
  for (const Phase& phase : d.phases) {
    const bool whole = phase.taps() == g_.taps();
    for (std::int64_t group = 0; group < d.in.G; ++group) {
      for (const Panel& panel : d.panels) {
        const float* from = w + group * g_.OG * g_.CG * g_.taps() + panel.first * d.lane_step;
        const std::int64_t lanes = panel.kernels->lanes;
        if (whole && d.in_step == g_.taps()) {  // the taps of all input channels follow each other
          const std::int64_t count = d.in_channels * g_.taps();
          transpose(from, d.lane_step, panel.live, count, to, lanes);
          to += count * lanes;
          continue;
        }
        for (std::int64_t channel = 0; channel < d.in_channels; ++channel, from += d.in_step) {
          if (whole) {
            transpose(from, d.lane_step, panel.live, g_.taps(), to, lanes);
            to += g_.taps() * lanes;
            continue;
          }
          for (const std::int64_t p : phase.rows.taps) {
            for (const std::int64_t q : phase.columns.taps) {
              transpose(from + p * g_.KW + q, d.lane_step, panel.live, 1, to, lanes);
              to += lanes;
            }
          }
        }
      }
    }
  }
}

void ConvPlan::pack_forward(const float* w, PackedWeights& packed) const { pack(forward_, w, packed); }
void ConvPlan::pack_backward(const float* w, PackedWeights& packed) const { pack(backward_, w, packed); }

void ConvPlan::run(const Direction& d, const float* in, const PackedWeights& w, const float* bias, bool relu,
                   float* out) const {
  const bool fast = d.in_halo && w.finite;
  const std::int64_t channels = d.out.C / d.out.G;
  const float* weights = w.data.data();
  for (const Phase& phase : d.phases) {
    Walk walk = walk_of(d, phase, fast);
    walk.relu = relu;
    const std::ptrdiff_t width = walk.width;
    const std::ptrdiff_t piece = fast ? pixels_at_once(d, phase, walk) : width;
    for (std::int64_t group = 0; group < d.in.G; ++group) {
      const float* const of_group = weights;
      std::ptrdiff_t first = 0;
      do {  // once where there is no pixel: the next weights lie behind these
        walk.width = std::min(piece, width - first);
        weights = of_group;
        for (const Panel& panel : d.panels) {
          float lane_bias[ConvKernels::kMaxLanes] = {};
          if (bias) std::copy_n(bias + group * channels + panel.first, panel.live, lane_bias);
          walk.bias = lane_bias;
          walk.w = weights;
          walk.x = in + start_in(d, phase, group, panel, fast) + first * walk.x_pixel;
          walk.y = out + start_out(d, phase, group, panel) + first * walk.y_pixel;
          run_panel(d, phase, panel, fast, walk);
          weights += d.in_channels * phase.taps() * panel.kernels->lanes;
        }
        first += piece;
      } while (first < width);
    }
  }
}

// A 1x1 kernel does so little with a pixel that fetching it for each panel anew costs time: where the weights of all
// panels stay near, as many pixels as stay near too go through all panels before the next ones. Larger kernels, and
// panels that have inputs of their own, take all pixels at once.
std::ptrdiff_t ConvPlan::pixels_at_once(const Direction& d, const Phase& phase, const Walk& walk) const {
  constexpr std::int64_t kNear = 64 * 1024;  // bytes, a part of the second cache
  constexpr std::int64_t kTile = 10;         // pixels, the most that a kernel takes
  if (phase.taps() != 1 || g_.depthwise() || d.panels.size() == 1) return walk.width;
  const std::int64_t channel_bytes = d.in_channels * static_cast<std::int64_t>(sizeof(float));
  const std::int64_t weights = d.out.C / d.out.G * channel_bytes;
  const std::int64_t tiles = kNear / (channel_bytes * kTile * walk.rows * walk.samples);
  if (weights > kNear || tiles == 0 || tiles * kTile >= walk.width) return walk.width;
  const std::ptrdiff_t pieces = (walk.width + tiles * kTile - 1) / (tiles * kTile);
  return (walk.width + pieces - 1) / pieces;
}

// Floats from the beginning of the input to what the walk meets first, and of the output to its first pixel.
std::ptrdiff_t ConvPlan::start_in(const Direction& d, const Phase& phase, std::int64_t group, const Panel& panel,
                                  bool fast) const {
  const BlockedLayout& in = d.in;
  std::ptrdiff_t at = in.origin() + group * in.group() + (g_.depthwise() ? panel.first / in.lanes * in.block() : 0);
  if (fast && phase.taps() > 0) at += phase.rows.offset.front() * in.row() + phase.columns.offset.front() * in.pixel();
  return at;
}

std::ptrdiff_t ConvPlan::start_out(const Direction& d, const Phase& phase, std::int64_t group, const Panel& panel) {
  const BlockedLayout& out = d.out;
  return out.origin() + group * out.group() + panel.first / out.lanes * out.block() + phase.rows.first * out.row() +
         phase.columns.first * out.pixel();
}

// What the walks of all panels have in common; the fast ones take long dimensions.
Walk ConvPlan::walk_of(const Direction& d, const Phase& phase, bool fast) const {
  const BlockedLayout &in = d.in, &out = d.out;
  Walk k{};
  k.samples = in.N;
  k.rows = phase.rows.count;
  k.width = phase.columns.count;
  k.x_sample = in.sample();
  k.x_row = d.row_axis.in_step * in.row();
  k.x_pixel = d.column_axis.in_step * in.pixel();
  k.y_sample = out.sample();
  k.y_row = d.row_axis.out_step * out.row();
  k.y_pixel = d.column_axis.out_step * out.pixel();
  k.y_block = out.block();
  if (!fast) return k;
  if (phase.taps() > 0) {
    k.steps = phase.steps.data();
    // Rounds through the list: it holds the walk through one block, or the whole one.
    k.taps = static_cast<std::ptrdiff_t>(phase.steps.size());
    const std::int64_t listed = k.taps / phase.taps();
    k.blocks = (d.in_channels + listed - 1) / listed;
    k.last_taps = (d.in_channels - (k.blocks - 1) * listed) * phase.taps();
    if (g_.depthwise() && phase.columns.offset.size() == 3 && d.column_axis.in_step == 1 &&
        d.column_axis.out_step == 1 && (g_.dilation_w == 1)) {
      const std::vector<std::int32_t>& row = phase.rows.offset;
      k.three_columns = (phase.columns.offset[1] - phase.columns.offset[0]) * in.pixel();
      k.tap_rows = static_cast<std::ptrdiff_t>(row.size());
      k.tap_row_step = row.size() > 1 ? (row[1] - row[0]) * in.row() : 0;
    }
  }
  stretch(k);
  return k;
}

void ConvPlan::run_panel(const Direction& d, const Phase& phase, const Panel& panel, bool fast, Walk k) const {
  const BlockedLayout &in = d.in, &out = d.out;
  k.live = out.lanes == BlockedLayout::kLanes || out.lanes == panel.kernels->lanes ? 0 : panel.live;
  if (fast) return panel.kernels->walk(k);
  CheckedWalk c{};
  c.walk = k;
  c.lanes = std::min(d.in_channels, in.lanes);
  c.channels = phase.taps() == 0 ? 0 : d.in_channels;
  c.block = in.block();
  c.row = in.row();
  c.pixel = in.pixel();
  c.H = in.H;
  c.W = in.W;
  c.stride_h = d.row_axis.in_step;
  c.stride_w = d.column_axis.in_step;
  c.tap_rows = static_cast<std::ptrdiff_t>(phase.rows.taps.size());
  c.tap_columns = static_cast<std::ptrdiff_t>(phase.columns.taps.size());
  c.row_offset = phase.rows.offset.data();
  c.column_offset = phase.columns.offset.data();
  panel.kernels->checked_walk(c);
}

void ConvPlan::forward(const float* x, const PackedWeights& w, const float* b, bool relu, float* y) const {
  run(forward_, x, w, b, relu, y);
}

void ConvPlan::backward_input(const float* dy, const PackedWeights& w, float* dx) const {
  run(backward_, dy, w, nullptr, false, dx);
}

}  // namespace backstep
