#include "receptive_field.h"

namespace backstep {
namespace {

struct AxisStep {
  std::int64_t kernel, stride, dilation, padding;
};

void grow(FieldAxis& axis, const AxisStep& step) {
  const std::int64_t reach = step.dilation * (step.kernel - 1);
  axis.size += static_cast<double>(reach) * axis.jump;
  axis.start += (static_cast<double>(reach) / 2.0 - static_cast<double>(step.padding)) * axis.jump;
  axis.jump *= static_cast<double>(step.stride);
}

// Output 0 reads the inputs from ceil((P - reach) / s) to floor(P / s).
void grow_transposed(FieldAxis& axis, const AxisStep& step) {
  const std::int64_t reach = step.dilation * (step.kernel - 1);
  const std::int64_t before = reach - step.padding;
  const std::int64_t first = before >= 0 ? -(before / step.stride) : (-before + step.stride - 1) / step.stride;
  const std::int64_t last = step.padding / step.stride;
  axis.size += static_cast<double>(reach / step.stride) * axis.jump;
  axis.start += static_cast<double>(first + last) / 2.0 * axis.jump;
  axis.jump /= static_cast<double>(step.stride);
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
      const AxisStep down{step.kernel.h, step.stride.h, step.dilation.h, step.padding.h};
      const AxisStep across{step.kernel.w, step.stride.w, step.dilation.w, step.padding.w};
      step.transposed ? grow_transposed(field.h, down) : grow(field.h, down);
      step.transposed ? grow_transposed(field.w, across) : grow(field.w, across);
    }
    out.push_back(field);
  }
  return out;
}

}  // namespace backstep
