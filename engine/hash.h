// 64-bit FNV-1a over numbers: the same on every machine, every NaN taken as one and the same.
// Source: Fowler, Noll, Vo; the constants are those of the 64-bit variant.
#pragma once

#include <cstdint>

#include "tensor.h"

namespace backstep {

class Fnv1a {
 public:
  // The low `bytes` bytes of a word, least significant first.
  void add(std::uint64_t word, int bytes) {
    for (int i = 0; i < bytes; ++i) {
      state_ = (state_ ^ ((word >> (8 * i)) & 0xffU)) * 0x100000001b3U;
    }
  }
  void add(const Shape& shape) {
    add(static_cast<std::uint64_t>(shape.rank()), 8);
    for (const std::int64_t extent : shape.extents()) add(static_cast<std::uint64_t>(extent), 8);
  }
  void add(const Tensor& tensor) {
    add(tensor.shape);
    for (const float value : tensor.data) add(canonical_bits(value), 4);
  }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325U;
};

}  // namespace backstep
