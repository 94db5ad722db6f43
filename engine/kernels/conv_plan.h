// Everything about one convolution that does not depend on its numbers, worked out once: how activations and weights
// lie in memory, the walks, the workspace. The calls then allocate nothing.
//
// Activations are in blocked layouts (conv_geometry.h), weights are packed once per version for each direction they are
// used in; gradients of weights come out as OIHW. All results have the bits of reference.h, for all numbers: where
// weights (or, for their gradients, dy) are not finite, slower kernels leave out the taps outside the image that the
// fast ones multiply by the halo's zeros.
#pragma once

#include <cstddef>
#include <vector>

#include "conv_geometry.h"
#include "conv_kernels.h"
#include "conv_phases.h"

namespace backstep {

// Weights in the order of the kernels.
struct PackedWeights {
  std::vector<float> data;
  bool finite = true;
};

class ConvPlan {
 public:
  // Where the four activations lie. x and dy must have at least the halo that inputs() says, or none where it says
  // none.
  struct Layouts {
    BlockedLayout x, y, dy, dx;
    bool operator==(const Layouts&) const = default;
  };
  static Layouts layouts(const ConvGeometry& g);

  ConvPlan() = default;
  ConvPlan(const ConvGeometry& g, const Layouts& layouts, Isa isa);
  ConvPlan(const ConvGeometry& g, Isa isa) : ConvPlan(g, layouts(g), isa) {}

  const ConvGeometry& geometry() const { return g_; }
  const Layouts& where() const { return layouts_; }

  // w is OIHW.
  void pack_forward(const float* w, PackedWeights& packed) const;
  void pack_backward(const float* w, PackedWeights& packed) const;
  // Floats of workspace that backward_weights() needs.
  std::size_t work() const;

  // b may be null. With `relu`, y = max(0, the convolution) as relu.h has it.
  void forward(const float* x, const PackedWeights& w, const float* b, bool relu, float* y) const;
  void backward_input(const float* dy, const PackedWeights& w, float* dx) const;
  // dw is OIHW; db [OC] may be null.
  void backward_weights(const float* x, const float* dy, float* dw, float* db, float* work) const;

 private:
  // Outputs that read the same taps.
  struct Phase {
    AxisPhase rows, columns;
    std::vector<std::int32_t> steps;  // the walk through one input block, in bytes

    std::int64_t taps() const { return static_cast<std::int64_t>(rows.taps.size() * columns.taps.size()); }
  };
  // Channels that are computed side by side.
  struct Panel {
    const PanelKernels* kernels;
    std::int64_t first;  // channel within the group
    std::int64_t live;   // channels that exist
  };
  // Forward, or backward to the input.
  struct Direction {
    BlockedLayout in, out;
    std::int64_t in_channels = 0;             // of a group; 1 where each channel has its own
    std::int64_t lane_step = 0, in_step = 0;  // in OIHW from one output channel, and one input channel, to the next
    AxisPhases row_axis, column_axis;
    std::vector<Phase> phases;
    std::vector<Panel> panels;
    bool in_halo = true;  // the halo of `in` holds every tap
  };

  Direction direction(const BlockedLayout& in, const BlockedLayout& out, bool forward) const;
  std::vector<std::int32_t> list_steps(const Direction& d, const Phase& phase) const;
  std::vector<Panel> panels(std::int64_t channels) const;
  void pack(const Direction& d, const float* w, PackedWeights& packed) const;
  void run(const Direction& d, const float* in, const PackedWeights& w, const float* bias, bool relu, float* out) const;
  Walk walk_of(const Direction& d, const Phase& phase, bool fast) const;
  std::ptrdiff_t pixels_at_once(const Direction& d, const Phase& phase, const Walk& walk) const;
  std::ptrdiff_t start_in(const Direction& d, const Phase& phase, std::int64_t group, const Panel& panel,
                          bool fast) const;
  static std::ptrdiff_t start_out(const Direction& d, const Phase& phase, std::int64_t group, const Panel& panel);
  void run_panel(const Direction& d, const Phase& phase, const Panel& panel, bool fast, Walk walk) const;

  // conv_plan_gradient.cpp
  struct Block {
    std::int64_t group, index;
  };
  bool sum_rows(const Panel& panel, std::int64_t group, const float* dy, float* db) const;
  void gradient(const Panel& panel, Block block, bool fast, const float* x, const float* dy, float* total) const;
  void unpack(const Panel& panel, Block block, const float* total, float* dw) const;
  std::int64_t numbers() const;  // of x in a block that one pixel of dy meets in one kernel column

  ConvGeometry g_{};
  Layouts layouts_;
  const ConvKernels* kernels_ = nullptr;
  Direction forward_, backward_;
};

}  // namespace backstep
