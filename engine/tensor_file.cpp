#include "tensor_file.h"

#include <bit>

namespace backstep {

std::optional<std::int64_t> stored_bytes(const Shape& shape) {
  std::int64_t product = kElementBytes;
  bool empty = false;
  for (const std::int64_t extent : shape.extents()) {
    if (extent == 0) empty = true;
    product = saturating_mul(product, extent == 0 ? 1 : extent);
  }
  if (product == Shape::kCountLimit) return std::nullopt;
  return empty ? 0 : product;
}

AnyTensor decode_elements(ElementType type, const Shape& shape, Bytes bytes) {
  const auto decode = [&](auto tensor) -> AnyTensor {
    using T = typename decltype(tensor.data)::value_type;
    tensor.reset(shape);
    for (std::size_t i = 0; i < tensor.data.size(); ++i) {
      const auto byte = [&](std::size_t k) { return static_cast<std::uint32_t>(bytes[4 * i + k]) << (8 * k); };
      tensor.data[i] = std::bit_cast<T>(byte(0) | byte(1) | byte(2) | byte(3));
    }
    return tensor;
  };
  return type == ElementType::f32 ? decode(Tensor{}) : decode(IndexTensor{});
}

void encode_elements(const AnyTensor& tensor, std::vector<std::uint8_t>& out) {
  std::visit(
      [&](const auto& t) {
        for (const auto value : t.data) {
          const auto bits = std::bit_cast<std::uint32_t>(value);
          for (unsigned k = 0; k < 4; ++k) out.push_back(static_cast<std::uint8_t>(bits >> (8 * k)));
        }
      },
      tensor);
}

}  // namespace backstep
