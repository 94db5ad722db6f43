// One convolution with its tensors in the kernels' own layout, planned once and run again and again: for benches, and
// for pages that want kernels without a network. engine.mjs hands it out as conv2d(). Every tensor starts as zeros; the
// calls after the first allocate nothing.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "kernels/conv_plan.h"
#include "layers/conv2d.h"

namespace backstep {

class ConvTask {
 public:
  // The largest number of floats in all tensors of a task.
  static constexpr std::int64_t kMaxElements = std::int64_t{1} << 26;

  // Errors: those of Conv2d::shapes, and "kernel.size".
  static Result<ConvTask> make(const Conv2d& op, const Shape& x, Isa isa = best_isa());

  const LayerShapes& shapes() const { return shapes_; }

  // Moves x, dy, w or b from its plain layout (NCHW, OIHW) into the kernels' own; weights are packed for both
  // directions. Errors: "tensor.name", "tensor.count".
  Status set(Slot slot, std::span<const float> values);
  // Room for the values of set(), so that a caller need not keep them: `count` floats, valid until the next call.
  std::span<float> staging(std::int64_t count);

  // From x, w, b to y; with `relu`, y = max(0, the convolution).
  void forward(bool relu = false);
  // From dy, w to dx.
  void backward_input();
  // From x, dy to dw and db.
  void backward_weights();

  // y, dx, dw or db in its plain layout; valid until the next call. Errors: "tensor.name".
  Result<std::span<const float>> get(Slot slot);

 private:
  ConvTask(const Conv2d& op, const LayerShapes& shapes, Isa isa);

  LayerShapes shapes_;
  bool flip_;
  ConvPlan plan_;
  std::vector<float> x_, y_, dy_, dx_, bias_, dw_, db_, work_, plain_;
  PackedWeights forward_, backward_;
};

// {"input":[N,C,H,W], …the attributes of a conv2d layer}, docs/engine-module.md. Errors: as parse_scene, and those of
// ConvTask::make.
Result<ConvTask> parse_conv_task(std::string_view json);

}  // namespace backstep
