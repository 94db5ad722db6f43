// Dense row-major tensors. Images are NCHW, vectors [N, features]; the last index runs fastest.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

namespace backstep {

inline constexpr int kMaxRank = 8;

// The largest number of elements of a tensor that is really stored; shape-only scenes may go far beyond it.
inline constexpr std::int64_t kMaxStoredElements = std::int64_t{1} << 22;

// Extents of a tensor. Counts are 64-bit and saturate at kCountLimit instead of wrapping.
class Shape {
 public:
  static constexpr std::int64_t kCountLimit = INT64_MAX;

  Shape() = default;
  Shape(std::initializer_list<std::int64_t> extents);
  explicit Shape(std::span<const std::int64_t> extents);

  int rank() const { return rank_; }
  std::int64_t operator[](int axis) const { return extents_[static_cast<std::size_t>(axis)]; }
  std::int64_t& operator[](int axis) { return extents_[static_cast<std::size_t>(axis)]; }
  std::span<const std::int64_t> extents() const { return {extents_.data(), static_cast<std::size_t>(rank_)}; }
  std::int64_t count() const;  // product of the extents; 1 for rank 0
  bool is_none() const { return rank_ == 0; }
  std::string text() const;        // "[1,3,28,28]"
  std::string times_text() const;  // "3×28×28", a leading batch extent of 1 left out
  bool operator==(const Shape& other) const;

  // Row-major indices of a flat index, and back.
  std::array<std::int64_t, kMaxRank> unravel(std::int64_t flat) const;
  std::int64_t ravel(std::span<const std::int64_t> index) const;

 private:
  std::array<std::int64_t, kMaxRank> extents_{};
  int rank_ = 0;
};

// Product of two non-negative counts, saturating at Shape::kCountLimit.
std::int64_t saturating_mul(std::int64_t a, std::int64_t b);
std::int64_t saturating_add(std::int64_t a, std::int64_t b);

template <class T>
struct BasicTensor {
  Shape shape;
  std::vector<T> data;

  BasicTensor() = default;
  explicit BasicTensor(Shape s) : shape(s), data(static_cast<std::size_t>(s.count()), T{}) {}
  BasicTensor(Shape s, std::vector<T> values) : shape(s), data(std::move(values)) {}

  // Gives the tensor this shape, all zeros, keeping its storage where it is large enough.
  void reset(const Shape& s) {
    shape = s;
    data.assign(static_cast<std::size_t>(s.count()), T{});
  }
  bool empty() const { return data.empty(); }
  std::int64_t count() const { return static_cast<std::int64_t>(data.size()); }
  T operator[](std::int64_t i) const { return data[static_cast<std::size_t>(i)]; }
  T& operator[](std::int64_t i) { return data[static_cast<std::size_t>(i)]; }
};

using Tensor = BasicTensor<float>;
using IndexTensor = BasicTensor<std::int32_t>;

// Same bits, every NaN taken as one and the same: the bits of a NaN differ even within one binary.
bool same_bits(float a, float b);
bool same_bits(const Tensor& a, const Tensor& b);
std::uint32_t canonical_bits(float value);

}  // namespace backstep
