#include "image.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace backstep {
namespace {

struct Interval {
  double from, to;
  std::int64_t first() const { return static_cast<std::int64_t>(std::floor(from)); }
  // How much of pixel i lies inside.
  double cover(std::int64_t i) const {
    return std::min(to, static_cast<double>(i + 1)) - std::max(from, static_cast<double>(i));
  }
};

// The part of an axis of `extent` pixels that cell i of `cells` covers, after cutting `used` pixels about the centre.
Interval cell_interval(std::int64_t i, std::int64_t cells, std::int64_t extent, double used) {
  const double start = (static_cast<double>(extent) - used) / 2.0;
  const double size = used / static_cast<double>(cells);
  const double from = start + static_cast<double>(i) * size;
  return {from, std::min(from + size, static_cast<double>(extent))};
}

// Red, green, blue of a pixel in 0 … 1 on the black ground.
std::array<double, 3> colour(const std::uint8_t* pixel) {
  const double alpha = pixel[3] / 255.0;
  return {pixel[0] / 255.0 * alpha, pixel[1] / 255.0 * alpha, pixel[2] / 255.0 * alpha};
}

}  // namespace

Result<Tensor> picture_to_input(std::span<const std::uint8_t> rgba, std::int64_t width, std::int64_t height,
                                const Shape& input) {
  if (input.rank() != 4 || input[0] != 1 || (input[1] != 1 && input[1] != 3)) {
    return Error{"image.channels", "input",
                 "a picture needs an input of one sample with 1 or 3 channels, this scene has " + input.text()};
  }
  const bool counted = width >= 1 && height >= 1 && width <= kMaxPicturePixels && height <= kMaxPicturePixels;
  if (!counted || width * height > kMaxPicturePixels || rgba.size() != static_cast<std::size_t>(width * height) * 4) {
    return Error{"image.size", "input",
                 "expected a picture of 1 to " + std::to_string(kMaxPicturePixels) + " pixels, found " +
                     std::to_string(width) + " x " + std::to_string(height)};
  }
  const std::int64_t C = input[1], H = input[2], W = input[3];
  const double scale = std::min(static_cast<double>(width) / static_cast<double>(W),
                                static_cast<double>(height) / static_cast<double>(H));
  Tensor out(input);
  for (std::int64_t i = 0; i < H; ++i) {
    const Interval rows = cell_interval(i, H, height, scale * static_cast<double>(H));
    for (std::int64_t j = 0; j < W; ++j) {
      const Interval columns = cell_interval(j, W, width, scale * static_cast<double>(W));
      std::array<double, 3> sum{};
      double area = 0.0;
      for (std::int64_t y = rows.first(); y < height && static_cast<double>(y) < rows.to; ++y) {
        for (std::int64_t x = columns.first(); x < width && static_cast<double>(x) < columns.to; ++x) {
          const double cover = rows.cover(y) * columns.cover(x);
          const auto rgb = colour(rgba.data() + (y * width + x) * 4);
          for (std::size_t k = 0; k < 3; ++k) sum[k] += cover * rgb[k];
          area += cover;
        }
      }
      const std::array<double, 3> mean{sum[0] / area, sum[1] / area, sum[2] / area};
      if (C == 1) {
        out[i * W + j] = static_cast<float>(0.299 * mean[0] + 0.587 * mean[1] + 0.114 * mean[2]);
      } else {
        for (std::int64_t c = 0; c < 3; ++c) {
          out[(c * H + i) * W + j] = static_cast<float>(mean[static_cast<std::size_t>(c)]);
        }
      }
    }
  }
  return out;
}

}  // namespace backstep
