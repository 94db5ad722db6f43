// Windows that slide over an image: extents, padding, and the arithmetic of output sizes.
#pragma once

#include <cstdint>
#include <string>

#include "../result.h"
#include "../tensor.h"

namespace backstep {

struct Pair {
  std::int64_t h = 1;
  std::int64_t w = 1;
  bool operator==(const Pair&) const = default;
};

struct Padding {
  std::int64_t top = 0, left = 0, bottom = 0, right = 0;
  bool operator==(const Padding&) const = default;
};

// How padding is stated. `same` keeps ceil(H / s) rows: in all max((ceil(H/s) - 1) s + d (k - 1) + 1 - H, 0), the odd
// one at the bottom and right (lesson section 2, tightened). `full` pads d (k - 1) on every side.
enum class PaddingRule : std::uint8_t { zeros, valid, same, full };

// A window of kernel.h x kernel.w cells, `dilation` apart, moved by `stride` over an image with `padding` around it.
struct Window {
  Pair kernel{1, 1};
  Pair stride{1, 1};
  Pair dilation{1, 1};
  Padding padding;

  std::int64_t reach_h() const { return dilation.h * (kernel.h - 1) + 1; }
  std::int64_t reach_w() const { return dilation.w * (kernel.w - 1) + 1; }

  // floor((H + P_top + P_bottom - d (k - 1) - 1) / s) + 1; 0 or less where the window does not fit.
  std::int64_t out_h(std::int64_t h) const;
  std::int64_t out_w(std::int64_t w) const;
  // Output rows x columns of an h x w image, or an error that shows the formula with its numbers.
  Result<Pair> out(std::int64_t h, std::int64_t w) const;
  // The formula of one axis with numbers: "floor((6 + 0 + 0 - 1*(3 - 1) - 1) / 1) + 1 = 4".
  static std::string formula(std::int64_t extent, std::int64_t before, std::int64_t after, std::int64_t kernel,
                             std::int64_t stride, std::int64_t dilation);
};

// The padding that a rule means for an image of h x w.
Padding resolve(PaddingRule rule, const Padding& zeros, const Window& window, std::int64_t h, std::int64_t w);

Error shape_error(std::string message);
Status expect_rank(const Shape& x, int rank, const char* op);

// Contribution of a layer to the receptive field (lesson section 4, with dilation): r += d (k - 1) j, j *= s.
struct FieldStep {
  Pair kernel{1, 1};
  Pair stride{1, 1};
  Pair dilation{1, 1};
  Pair padding{0, 0};  // before the first row and column
  bool whole = false;  // every output sees the whole input (dense, global pooling)
  // A transposed convolution: r += (ceil((d (k - 1) + 1) / s) - 1) j, and then j /= s.
  bool transposed = false;
};

}  // namespace backstep
