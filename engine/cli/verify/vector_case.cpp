#include "vector_case.h"

#include <algorithm>

namespace backstep::verify {

Result<VectorCase> read_case(Bytes bytes) {
  auto file = read_safetensors(bytes);
  if (!file) return file.error();
  VectorCase out;
  out.file = std::move(*file);
  out.attributes = out.file.metadata;
  const auto op = out.attributes.find("op");
  if (op == out.attributes.end()) return Error{"verify.case", "__metadata__", "op is missing"};
  const auto outputs = out.attributes.find("outputs");
  if (outputs != out.attributes.end()) out.outputs = split(outputs->second, ',');
  if (out.outputs.empty()) return Error{"verify.case", "__metadata__", "outputs are missing: nothing to compare"};
  out.op = op->second;
  return out;
}

Result<const Tensor*> input_f32(const VectorCase& c, std::string_view name) {
  const Tensor* tensor = c.file.find_f32(name);
  if (!tensor) return Error{"verify.input", std::string(name), "missing; expected F32"};
  if (tensor->empty() || tensor->shape.is_none()) {
    return Error{"verify.input", std::string(name), "expected at least one element, found " + tensor->shape.text()};
  }
  return tensor;
}

Result<const Tensor*> input_f32(const VectorCase& c, std::string_view name, const Shape& shape) {
  auto tensor = input_f32(c, name);
  if (tensor && !((*tensor)->shape == shape)) {
    return Error{"verify.input", std::string(name),
                 "expected shape " + shape.text() + ", found " + (*tensor)->shape.text()};
  }
  return tensor;
}

bool wants(const VectorCase& c, std::string_view output) {
  return std::find(c.outputs.begin(), c.outputs.end(), output) != c.outputs.end();
}

TextAttributes with_defaults(TextAttributes attributes, const Tensor* w, const Tensor* b, std::string_view op) {
  attributes.try_emplace("stride", "1,1");
  attributes.try_emplace("bias", b ? "1" : "0");
  if (w && w->shape.rank() == 4) {
    attributes.try_emplace("kernel", std::to_string(w->shape[2]) + "," + std::to_string(w->shape[3]));
  }
  if (w && w->shape.rank() >= 2) {
    // A transposed convolution's weights are [in, out/groups, …], everything else's [out, …].
    const auto groups = attributes.find("groups");
    const std::int64_t g = groups == attributes.end() ? 1 : parse_integer(groups->second).value_or(1);
    const std::int64_t out =
        op == "conv_transpose2d" ? saturating_mul(w->shape[1], std::max<std::int64_t>(g, 1)) : w->shape[0];
    attributes.try_emplace("out", std::to_string(out));
  }
  return attributes;
}

}  // namespace backstep::verify
