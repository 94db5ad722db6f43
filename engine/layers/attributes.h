// Attributes of layers, losses and optimizers are declared once, by a static function
//   template <class Self, class Visitor> static void attributes(Self& self, Visitor& visit)
// that calls visit(name, member, bounds) for each. The scene parser, the scene writer and the page's panels are
// visitors; the names are those of the reference vectors (tests/vectors/README.md).
#pragma once

#include <cstdint>

namespace backstep {

// Inclusive limits of an integer (or of both members of a pair).
struct IntBounds {
  std::int64_t low;
  std::int64_t high;
  bool required = false;
};

// Inclusive limits of a real number.
struct RealBounds {
  double low;
  double high;
  bool required = false;
};

inline constexpr IntBounds kKernelBounds{1, 64, true};
inline constexpr IntBounds kPoolStrideBounds{1, 64};
inline constexpr IntBounds kStrideBounds{1, 64};
inline constexpr IntBounds kDilationBounds{1, 64};
inline constexpr IntBounds kPaddingBounds{0, 64};
inline constexpr IntBounds kChannelBounds{1, 1 << 24};
inline constexpr IntBounds kFeatureBounds{1, std::int64_t{1} << 40, true};

}  // namespace backstep
