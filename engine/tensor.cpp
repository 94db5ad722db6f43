#include "tensor.h"

#include <algorithm>
#include <bit>

namespace backstep {

std::int64_t saturating_mul(std::int64_t a, std::int64_t b) {
  if (a == 0 || b == 0) return 0;
  return a > Shape::kCountLimit / b ? Shape::kCountLimit : a * b;
}

std::int64_t saturating_add(std::int64_t a, std::int64_t b) {
  return a > Shape::kCountLimit - b ? Shape::kCountLimit : a + b;
}

Shape::Shape(std::initializer_list<std::int64_t> extents)
    : Shape(std::span<const std::int64_t>(extents.begin(), extents.size())) {}

Shape::Shape(std::span<const std::int64_t> extents)
    : rank_(static_cast<int>(std::min(extents.size(), static_cast<std::size_t>(kMaxRank)))) {
  std::copy_n(extents.begin(), rank_, extents_.begin());
}

std::int64_t Shape::count() const {
  std::int64_t total = 1;
  for (int axis = 0; axis < rank_; ++axis) total = saturating_mul(total, (*this)[axis]);
  return total;
}

std::string Shape::text() const {
  std::string out = "[";
  for (int axis = 0; axis < rank_; ++axis) {
    if (axis > 0) out += ',';
    out += std::to_string((*this)[axis]);
  }
  return out + ']';
}

std::string Shape::times_text() const {
  std::string out;
  for (int axis = (rank_ > 1 && (*this)[0] == 1) ? 1 : 0; axis < rank_; ++axis) {
    if (!out.empty()) out += "×";
    out += std::to_string((*this)[axis]);
  }
  return out;
}

bool Shape::operator==(const Shape& other) const {
  return rank_ == other.rank_ && std::equal(extents_.begin(), extents_.begin() + rank_, other.extents_.begin());
}

std::array<std::int64_t, kMaxRank> Shape::unravel(std::int64_t flat) const {
  std::array<std::int64_t, kMaxRank> index{};
  for (int axis = rank_ - 1; axis >= 0; --axis) {
    index[static_cast<std::size_t>(axis)] = flat % (*this)[axis];
    flat /= (*this)[axis];
  }
  return index;
}

std::int64_t Shape::ravel(std::span<const std::int64_t> index) const {
  std::int64_t flat = 0;
  for (int axis = 0; axis < rank_; ++axis) flat = flat * (*this)[axis] + index[static_cast<std::size_t>(axis)];
  return flat;
}

std::uint32_t canonical_bits(float value) { return value != value ? 0x7fc00000U : std::bit_cast<std::uint32_t>(value); }

bool same_bits(float a, float b) { return canonical_bits(a) == canonical_bits(b); }

bool same_bits(const Tensor& a, const Tensor& b) {
  return a.shape == b.shape && std::equal(a.data.begin(), a.data.end(), b.data.begin(), b.data.end(),
                                          [](float p, float q) { return same_bits(p, q); });
}

}  // namespace backstep
