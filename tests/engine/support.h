// What the engine's tests share: tensors by hand and by chance, and comparison by bits.
#pragma once

#include <doctest/doctest.h>

#include <bit>
#include <limits>
#include <string>
#include <vector>

#include "engine/format.h"
#include "engine/rng.h"
#include "engine/simd.h"
#include "engine/tensor.h"

namespace backstep::test {

inline Tensor tensor(Shape shape, std::vector<float> values) {
  REQUIRE(shape.count() == static_cast<std::int64_t>(values.size()));
  return Tensor(shape, std::move(values));
}

// Numbers that look like weights and activations: normal, about 1.
inline Tensor random_tensor(Rng& rng, const Shape& shape) {
  Tensor out(shape);
  for (float& value : out.data) value = static_cast<float>(rng.normal());
  return out;
}

// The same with every kind of float in it: zeros of both signs, denormals, tiny and huge numbers, infinities, NaN.
inline Tensor wild_tensor(Rng& rng, const Shape& shape) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  constexpr float kSpecial[] = {
      0.0F,      -0.0F, 1e-40F,     -1e-45F,     1.2e-38F, 3e38F, -3e38F,
      kInfinity, 1.0F,  -kInfinity, 16777217.0F, 1e-20F,   1e20F, std::numeric_limits<float>::quiet_NaN()};
  Tensor out = random_tensor(rng, shape);
  for (float& value : out.data) {
    if (rng.below(24) == 0) value = kSpecial[rng.below(std::size(kSpecial))];
  }
  return out;
}

// Numbers at least 4 / count apart and at least 2 / count away from 0, in random order: no ReLU and no maximum is near
// its kink.
template <class T>
BasicTensor<T> spread_tensor(Rng& rng, const Shape& shape) {
  BasicTensor<T> out(shape);
  const std::int64_t n = out.count();
  for (std::int64_t i = 0; i < n; ++i) {
    out[i] = static_cast<T>(4.0 * (static_cast<double>(i) + 0.5 - static_cast<double>(n / 2)) / static_cast<double>(n));
  }
  for (std::int64_t i = n - 1; i > 0; --i) std::swap(out[i], out[rng.below(i + 1)]);
  return out;
}

template <class T, class From>
BasicTensor<T> converted(const BasicTensor<From>& from) {
  BasicTensor<T> out(from.shape);
  for (std::int64_t i = 0; i < from.count(); ++i) out[i] = static_cast<T>(from[i]);
  return out;
}

// Empty where both tensors hold the same bits, else the first difference.
inline std::string difference(const Tensor& got, const Tensor& want) {
  if (!(got.shape == want.shape)) return "shape " + got.shape.text() + " instead of " + want.shape.text();
  for (std::int64_t i = 0; i < want.count(); ++i) {
    if (same_bits(got[i], want[i])) continue;
    return "[" + std::to_string(i) + "] is " + format_exact(got[i]) + " (" + format_hex(got[i]) + ") instead of " +
           format_exact(want[i]) + " (" + format_hex(want[i]) + ")";
  }
  return {};
}

inline std::string difference(const IndexTensor& got, const IndexTensor& want) {
  return got.shape == want.shape && got.data == want.data ? "" : "switches differ";
}

inline std::uint32_t bits(float value) { return std::bit_cast<std::uint32_t>(value); }
inline std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

inline constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
inline constexpr float kInf = std::numeric_limits<float>::infinity();

}  // namespace backstep::test
