#include "web/app/kernel_patterns.h"

#include <array>
#include <cmath>

#include "engine/rng.h"

namespace backstep::app {
namespace {

constexpr std::array kPatterns{
    KernelPattern{"identity", "Identity"},
    KernelPattern{"box", "Box blur"},
    KernelPattern{"gaussian", "Gaussian"},
    KernelPattern{"sobel-x", "Sobel, left to right"},
    KernelPattern{"sobel-y", "Sobel, downwards"},
    KernelPattern{"laplacian", "Laplacian"},
    KernelPattern{"emboss", "Emboss"},
    KernelPattern{"sharpen", "Sharpen"},
    KernelPattern{"random", "Random"},
};

// 3x3 kernels; in a larger one they stand in the middle of zeros.
struct Stamp {
  std::string_view name;
  std::array<float, 9> values;
};
constexpr std::array kStamps{
    Stamp{"laplacian", {0, 1, 0, 1, -4, 1, 0, 1, 0}},
    Stamp{"emboss", {-2, -1, 0, -1, 1, 1, 0, 1, 2}},
    Stamp{"sharpen", {0, -1, 0, -1, 5, -1, 0, -1, 0}},
};

// A row of Pascal's triangle: 1 2 1, 1 4 6 4 1.
std::vector<double> binomial(std::int64_t n) {
  std::vector<double> out(static_cast<std::size_t>(n), 1.0);
  for (std::size_t row = 2; row < out.size(); ++row) {
    for (std::size_t i = row - 1; i > 0; --i) out[i] += out[i - 1];
  }
  return out;
}

// Its differences: -1 0 1, -1 -2 0 2 1.
std::vector<double> derivative(std::int64_t n) {
  const std::vector<double> smooth = binomial(n - 1);
  std::vector<double> out(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = (i > 0 ? smooth[i - 1] : 0.0) - (i + 1 < out.size() ? smooth[i] : 0.0);
  }
  return out;
}

double sum(const std::vector<double>& values) {
  double out = 0.0;
  for (const double v : values) out += v;
  return out;
}

}  // namespace

std::span<const KernelPattern> kernel_patterns() { return kPatterns; }

std::optional<std::vector<float>> kernel_pattern(std::string_view name, std::int64_t rows, std::int64_t cols,
                                                 std::uint64_t seed) {
  std::vector<float> out(static_cast<std::size_t>(rows * cols), 0.0F);
  const auto at = [&](std::int64_t r, std::int64_t c) -> float& { return out[static_cast<std::size_t>(r * cols + c)]; };
  const auto product = [&](const std::vector<double>& down, const std::vector<double>& across, double divisor) {
    for (std::size_t r = 0; r < down.size(); ++r) {
      for (std::size_t c = 0; c < across.size(); ++c) {
        out[r * across.size() + c] = static_cast<float>(down[r] * across[c] / divisor);
      }
    }
    return out;
  };
  const std::int64_t middle_row = (rows - 1) / 2, middle_col = (cols - 1) / 2;
  if (name == "identity") {
    at(middle_row, middle_col) = 1.0F;
    return out;
  }
  if (name == "box") {
    for (float& v : out) v = static_cast<float>(1.0 / static_cast<double>(rows * cols));
    return out;
  }
  if (name == "gaussian") {
    const std::vector<double> down = binomial(rows), across = binomial(cols);
    return product(down, across, sum(down) * sum(across));
  }
  if (name == "sobel-x") return cols < 2 ? std::nullopt : std::optional(product(binomial(rows), derivative(cols), 1.0));
  if (name == "sobel-y") return rows < 2 ? std::nullopt : std::optional(product(derivative(rows), binomial(cols), 1.0));
  if (name == "random") {
    Rng rng(seed);
    for (float& v : out) v = static_cast<float>(rng.normal() * std::sqrt(2.0 / static_cast<double>(rows * cols)));
    return out;
  }
  for (const Stamp& stamp : kStamps) {
    if (stamp.name != name || rows < 3 || cols < 3) continue;
    for (std::int64_t i = 0; i < 9; ++i) {
      at(middle_row - 1 + i / 3, middle_col - 1 + i % 3) = stamp.values[static_cast<std::size_t>(i)];
    }
    return out;
  }
  return std::nullopt;
}

}  // namespace backstep::app
