#include "image.h"

#include <algorithm>
#include <array>
#include <string>

namespace backstep {
namespace {

// A part of an axis in units of which `unit` make a pixel, so that every edge of a cell is a whole number.
struct Interval {
  std::int64_t from, to, unit;
  std::int64_t first() const { return from / unit; }
  std::int64_t end() const { return (to + unit - 1) / unit; }
  // How much of pixel i lies inside.
  double cover(std::int64_t i) const {
    return static_cast<double>(std::min(to, (i + 1) * unit) - std::max(from, i * unit));
  }
};

// One axis of the picture cut into cells: of `cells` of them along it, while the other axis has `other_cells` on
// `other_extent` pixels. Where this axis is the longer one, both ends are cut off alike.
class Axis {
 public:
  Axis(std::int64_t extent, std::int64_t cells, std::int64_t other_extent, std::int64_t other_cells) {
    const bool cut = extent * other_cells > other_extent * cells;
    unit_ = 2 * (cut ? other_cells : cells);
    size_ = 2 * (cut ? other_extent : extent);
    start_ = cut ? extent * other_cells - other_extent * cells : 0;
  }
  Interval cell(std::int64_t i) const { return {start_ + i * size_, start_ + (i + 1) * size_, unit_}; }

 private:
  std::int64_t unit_, size_, start_;
};

// Red, green, blue times alpha, 0 … kWhite: the pixel on the black ground.
constexpr double kWhite = 255.0 * 255.0;
std::array<double, 3> colour(const std::uint8_t* pixel) {
  const double alpha = pixel[3];
  return {pixel[0] * alpha, pixel[1] * alpha, pixel[2] * alpha};
}

}  // namespace

Result<Tensor> picture_to_input(std::span<const std::uint8_t> rgba, std::int64_t width, std::int64_t height,
                                const Shape& input) {
  if (input.rank() != 4 || input[0] != 1 || (input[1] != 1 && input[1] != 3) || input.count() > kMaxStoredElements) {
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
  const Axis rows(height, H, width, W), columns(width, W, height, H);
  Tensor out(input);
  for (std::int64_t i = 0; i < H; ++i) {
    const Interval ys = rows.cell(i);
    for (std::int64_t j = 0; j < W; ++j) {
      const Interval xs = columns.cell(j);
      std::array<double, 3> sum{};
      double area = 0.0;
      for (std::int64_t y = ys.first(); y < ys.end(); ++y) {
        for (std::int64_t x = xs.first(); x < xs.end(); ++x) {
          const double cover = ys.cover(y) * xs.cover(x);
          const auto rgb = colour(rgba.data() + (y * width + x) * 4);
          for (std::size_t k = 0; k < 3; ++k) sum[k] += cover * rgb[k];
          area += cover;
        }
      }
      if (C == 1) {
        out[i * W + j] =
            static_cast<float>((299.0 * sum[0] + 587.0 * sum[1] + 114.0 * sum[2]) / (1000.0 * kWhite * area));
      } else {
        for (std::int64_t c = 0; c < 3; ++c) {
          out[(c * H + i) * W + j] = static_cast<float>(sum[static_cast<std::size_t>(c)] / (kWhite * area));
        }
      }
    }
  }
  return out;
}

}  // namespace backstep
