// Kernels that everybody knows, at any size that they fit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace backstep::app {

struct KernelPattern {
  std::string_view name;   // "sobel-x"
  std::string_view title;  // "Sobel, across"
};
std::span<const KernelPattern> kernel_patterns();

// The kernel as cross-correlation reads it, row by row; nothing where it does not fit in so few rows and columns, or no
// pattern has the name. `seed` is the random one's.
std::optional<std::vector<float>> kernel_pattern(std::string_view name, std::int64_t rows, std::int64_t cols,
                                                 std::uint64_t seed);

}  // namespace backstep::app
