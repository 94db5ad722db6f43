#include "receptive_field.h"

namespace backstep {
namespace {

void grow(FieldAxis& axis, std::int64_t kernel, std::int64_t stride, std::int64_t dilation, std::int64_t padding) {
  const double reach = static_cast<double>(dilation * (kernel - 1));
  axis.size += reach * axis.jump;
  axis.start += (reach / 2.0 - static_cast<double>(padding)) * axis.jump;
  axis.jump *= static_cast<double>(stride);
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
      grow(field.h, step.kernel.h, step.stride.h, step.dilation.h, step.padding.h);
      grow(field.w, step.kernel.w, step.stride.w, step.dilation.w, step.padding.w);
    }
    out.push_back(field);
  }
  return out;
}

}  // namespace backstep
