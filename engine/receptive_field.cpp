#include "receptive_field.h"

namespace backstep {
namespace {

struct AxisStep {
  std::int64_t kernel, stride, dilation, padding;
};

void grow(FieldAxis& axis, const AxisStep& step, bool transposed) {
  const std::int64_t reach = step.dilation * (step.kernel - 1);
  const double shift = static_cast<double>(reach) / 2.0 - static_cast<double>(step.padding);
  const double stride = static_cast<double>(step.stride);
  if (transposed) {
    axis.size += static_cast<double>(reach / step.stride) * axis.jump;
    axis.start -= shift / stride * axis.jump;
    axis.jump /= stride;
  } else {
    axis.size += static_cast<double>(reach) * axis.jump;
    axis.start += shift * axis.jump;
    axis.jump *= stride;
  }
}

FieldAxis everything(std::int64_t extent) {
  const double size = static_cast<double>(extent);
  return {size, 0.0, size / 2.0};
}

}  // namespace

std::vector<ReceptiveField> receptive_fields(const Network& net) {
  const Shape& input = net.input();
  const bool image = input.rank() == 4;
  const std::int64_t rows = image ? input[2] : 1;
  const std::int64_t columns = image ? input[3] : input.rank() > 1 ? input[1] : 1;
  std::vector<ReceptiveField> out;
  ReceptiveField field;
  for (const NetworkLayer& layer : net.layers()) {
    const FieldStep step = std::visit([&](const auto& op) { return op.field(layer.shapes.x); }, layer.op);
    if (step.whole) field.whole = true;
    if (field.whole) {
      field.h = everything(rows);
      field.w = everything(columns);
    } else {
      grow(field.h, {step.kernel.h, step.stride.h, step.dilation.h, step.padding.h}, step.transposed);
      grow(field.w, {step.kernel.w, step.stride.w, step.dilation.w, step.padding.w}, step.transposed);
    }
    out.push_back(field);
  }
  return out;
}

}  // namespace backstep
