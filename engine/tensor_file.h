// What the readers and writers of tensor files (safetensors, npy) share. Files hold float32 or int32 numbers,
// little-endian and row-major, at most 16 MiB and eight dimensions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "result.h"
#include "tensor.h"

namespace backstep {

inline constexpr std::size_t kMaxFileBytes = std::size_t{16} << 20U;
inline constexpr std::int64_t kElementBytes = 4;  // of both element types

using Bytes = std::span<const std::uint8_t>;

enum class ElementType : std::uint8_t { f32, i32 };

using AnyTensor = std::variant<Tensor, IndexTensor>;

inline const Shape& shape_of(const AnyTensor& tensor) {
  return std::visit([](const auto& t) -> const Shape& { return t.shape; }, tensor);
}

// An error at a byte of a file: where = "byte 57", counted from the file's start.
inline Error file_error(std::string_view code, std::size_t offset, std::string message) {
  return {std::string(code), "byte " + std::to_string(offset), std::move(message)};
}

inline std::string bytes_text(std::size_t count) { return std::to_string(count) + (count == 1 ? " byte" : " bytes"); }

// Bytes that elements of this shape take; nothing where the product of the extents does not fit 64 bits. An extent of 0
// hides no overflow of the others.
std::optional<std::int64_t> stored_bytes(const Shape& shape);

// Elements from bytes that stored_bytes() has measured, and back.
AnyTensor decode_elements(ElementType type, const Shape& shape, Bytes bytes);
void encode_elements(const AnyTensor& tensor, std::vector<std::uint8_t>& out);

}  // namespace backstep
