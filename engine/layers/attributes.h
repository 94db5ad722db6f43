// Attributes of layers, losses and optimizers are declared once, by a static function
//   template <class Self, class Visitor> static void attributes(Self& self, Visitor& visit)
// that calls visit(name, member, bounds) for each. The scene parser, the scene writer and the page's panels are
// visitors; the names are those of the reference vectors (tests/vectors/README.md). The calls that a visitor must take:
//
//   (name, std::int64_t&, IntBounds)                 an integer
//   (name, double&, RealBounds)                      a real number
//   (name, bool&)                                    true or false
//   (name, Pair&, IntBounds)                         [h, w]
//   (name, Padding&, IntBounds)                      [h, w] on both sides, or all four
//   (name, Padding&, PaddingRule&, IntBounds)        the same, or "valid", "same", "full"
//   (name, Reduction&)                               "mean" or "sum" (losses)
//   (name, std::vector<float>&, RealBounds)          numbers, each within the bounds; empty when left out
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

// Along one axis. Times 512, the most elements that are counted (2^53) still fit 64 bits: a transposed convolution's
// output can be computed before it is found too large.
inline constexpr std::int64_t kLargestWindow = 512;
inline constexpr IntBounds kKernelBounds{1, kLargestWindow, true};
inline constexpr IntBounds kPoolStrideBounds{1, kLargestWindow};
inline constexpr IntBounds kStrideBounds{1, kLargestWindow};
inline constexpr IntBounds kDilationBounds{1, kLargestWindow};
inline constexpr IntBounds kPaddingBounds{0, kLargestWindow};
inline constexpr IntBounds kChannelBounds{1, 1 << 24};
inline constexpr IntBounds kOutputPaddingBounds{0, kLargestWindow - 1};
inline constexpr IntBounds kSeedBounds{0, (std::int64_t{1} << 53) - 1};
inline constexpr RealBounds kSlopeBounds{-1e3, 1e3};
inline constexpr RealBounds kDropoutBounds{0.0, 0.9999};
inline constexpr RealBounds kEpsilonBounds{0.0, 1.0};
inline constexpr RealBounds kMeanBounds{-1e30, 1e30};
inline constexpr RealBounds kVarianceBounds{0.0, 1e30};
inline constexpr IntBounds kFeatureBounds{1, std::int64_t{1} << 40, true};

}  // namespace backstep
