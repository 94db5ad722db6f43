#include "conv_task.h"

#include <algorithm>

#include "kernels/lanes.h"
#include "layers/conv2d_geometry.h"

namespace backstep {
namespace {

std::vector<float> zeros(std::int64_t count) { return std::vector<float>(static_cast<std::size_t>(count)); }

// True convolution: each kernel plane is turned by 180 degrees on its way in and out.
void turn(std::span<float> w, std::size_t area) {
  for (auto plane = w.begin(); plane != w.end(); plane += static_cast<std::ptrdiff_t>(area)) {
    std::reverse(plane, plane + static_cast<std::ptrdiff_t>(area));
  }
}

}  // namespace

ConvTask::ConvTask(const Conv2d& op, const LayerShapes& shapes, Isa isa)
    : shapes_(shapes), flip_(op.flip), plan_(conv_geometry(op, shapes), isa) {
  const ConvPlan::Layouts& l = plan_.where();
  x_ = zeros(l.x.size());
  y_ = zeros(l.y.size());
  dy_ = zeros(l.dy.size());
  dx_ = zeros(l.dx.size());
  if (op.bias) bias_ = zeros(shapes.y[1]);
  dw_ = zeros(shapes.w.count());
  db_ = zeros(shapes.y[1]);
  work_.resize(plan_.work());
  plan_.pack_forward(dw_.data(), forward_);
  plan_.pack_backward(dw_.data(), backward_);
}

Result<ConvTask> ConvTask::make(const Conv2d& op, const Shape& x, Isa isa) {
  const auto shapes = op.shapes(x);
  if (!shapes) return shapes.error();
  std::int64_t total = 0;
  for (const Shape* shape : {&shapes->x, &shapes->w, &shapes->y}) {
    total = saturating_add(total, saturating_mul(2, shape->count()));
  }
  // Counted before the layouts are: only then do their sizes not overflow.
  if (total <= kMaxElements) {
    const ConvPlan::Layouts l = ConvPlan::layouts(conv_geometry(op, *shapes));
    total = l.x.size() + l.y.size() + l.dy.size() + l.dx.size() + 2 * shapes->w.count();
  }
  if (total > kMaxElements) {
    return Error{
        "kernel.size", "",
        "expected at most " + std::to_string(kMaxElements) + " numbers in all tensors, found " + std::to_string(total)};
  }
  return ConvTask(op, *shapes, isa);
}

std::span<float> ConvTask::staging(std::int64_t count) {
  if (plain_.size() < static_cast<std::size_t>(count)) plain_.resize(static_cast<std::size_t>(count));
  return {plain_.data(), static_cast<std::size_t>(count)};
}

Status ConvTask::set(Slot slot, std::span<const float> values) {
  const ConvPlan::Layouts& l = plan_.where();
  const bool known = slot == Slot::x || slot == Slot::w || slot == Slot::dy || (slot == Slot::b && !bias_.empty());
  if (!known) return Error{"tensor.name", slot_name(slot), "expected x, w, dy, or b where there is a bias"};
  const Shape& shape = shapes_.of(slot);
  if (static_cast<std::int64_t>(values.size()) != shape.count()) {
    return Error{"tensor.count", slot_name(slot),
                 "expected " + std::to_string(shape.count()) + " numbers for the shape " + shape.text() + ", found " +
                     std::to_string(values.size())};
  }
  switch (slot) {
    case Slot::x: to_blocked(l.x, values.data(), x_.data()); break;
    case Slot::dy: to_blocked(l.dy, values.data(), dy_.data()); break;
    case Slot::b: std::copy(values.begin(), values.end(), bias_.begin()); break;
    default: {
      const float* w = values.data();
      if (flip_) {
        std::copy(values.begin(), values.end(), dw_.begin());
        turn(dw_, static_cast<std::size_t>(shape[2] * shape[3]));
        w = dw_.data();
      }
      plan_.pack_forward(w, forward_);
      plan_.pack_backward(w, backward_);
    }
  }
  return Nothing{};
}

void ConvTask::forward(bool relu) {
  plan_.forward(x_.data(), forward_, bias_.empty() ? nullptr : bias_.data(), relu, y_.data());
}

void ConvTask::backward_input() { plan_.backward_input(dy_.data(), backward_, dx_.data()); }

void ConvTask::backward_weights() {
  plan_.backward_weights(x_.data(), dy_.data(), dw_.data(), db_.data(), work_.data());
  if (flip_) turn(dw_, static_cast<std::size_t>(shapes_.w[2] * shapes_.w[3]));
}

Result<std::span<const float>> ConvTask::get(Slot slot) {
  const ConvPlan::Layouts& l = plan_.where();
  const std::span<const float> dw = dw_, db = db_;
  switch (slot) {
    case Slot::y: {
      const std::span<float> out = staging(shapes_.y.count());
      from_blocked(l.y, y_.data(), out.data());
      return std::span<const float>(out);
    }
    case Slot::dx: {
      const std::span<float> out = staging(shapes_.x.count());
      from_blocked(l.dx, dx_.data(), out.data());
      return std::span<const float>(out);
    }
    case Slot::dw: return dw;
    case Slot::db: return db;
    default: return Error{"tensor.name", slot_name(slot), "expected y, dx, dw or db"};
  }
}

}  // namespace backstep
