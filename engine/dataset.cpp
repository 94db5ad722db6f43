#include "dataset.h"

#include <algorithm>
#include <array>

#include "rng.h"

namespace backstep {
namespace {

// Lengths are whole numbers of 1/64 pixel.
constexpr std::int64_t kUnit = 64;
constexpr std::int64_t kLevels = 8;

struct Point {
  std::int64_t x, y;
};

// A polyline or a ring, drawn with a round pen.
struct Figure {
  std::array<std::array<Point, 2>, 4> segments{};
  std::size_t segment_count = 0;
  Point centre{};
  std::int64_t radius = 0;  // of the ring; 0: segments
  std::int64_t half_width = 0;

  void line(Point from, Point to) { segments[segment_count++] = {from, to}; }
};

std::int64_t between(Rng& rng, std::int64_t low, std::int64_t high) { return low + rng.below(high - low + 1); }

std::int64_t dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }

bool near_segment(Point p, Point from, Point to, std::int64_t distance) {
  const Point d{to.x - from.x, to.y - from.y}, v{p.x - from.x, p.y - from.y};
  const std::int64_t length2 = dot(d, d), along = dot(v, d);
  if (along <= 0) return dot(v, v) <= distance * distance;
  if (along >= length2) {
    const Point u{p.x - to.x, p.y - to.y};
    return dot(u, u) <= distance * distance;
  }
  const std::int64_t across = d.x * v.y - d.y * v.x;
  return across * across <= distance * distance * length2;
}

bool covers(const Figure& figure, Point p) {
  if (figure.radius > 0) {
    const Point v{p.x - figure.centre.x, p.y - figure.centre.y};
    const std::int64_t inner = figure.radius - figure.half_width, outer = figure.radius + figure.half_width;
    return dot(v, v) >= inner * inner && dot(v, v) <= outer * outer;
  }
  for (std::size_t i = 0; i < figure.segment_count; ++i) {
    if (near_segment(p, figure.segments[i][0], figure.segments[i][1], figure.half_width)) return true;
  }
  return false;
}

Figure draw_figure(std::int64_t label, std::int64_t H, std::int64_t W, Rng& rng) {
  const std::int64_t size = std::min(H, W) * kUnit;
  const std::int64_t shift = size / 12, r = between(rng, size * 25 / 100, size * 40 / 100);
  Figure figure;
  figure.half_width = between(rng, kUnit * 45 / 100, kUnit * 85 / 100);
  figure.centre = {W * kUnit / 2 + between(rng, -shift, shift), H * kUnit / 2 + between(rng, -shift, shift)};
  // A corner in hundredths of r from the centre, moved by chance.
  const auto corner = [&](std::int64_t x, std::int64_t y) {
    const std::int64_t jitter = r * 22 / 100;
    return Point{figure.centre.x + r * x / 100 + between(rng, -jitter, jitter),
                 figure.centre.y + r * y / 100 + between(rng, -jitter, jitter)};
  };
  const auto close = [&](std::initializer_list<Point> corners) {
    for (const Point* p = corners.begin(); p != corners.end(); ++p) {
      figure.line(*p, p + 1 == corners.end() ? *corners.begin() : p[1]);
    }
  };
  if (label == 0) {
    figure.radius = r;
  } else if (label == 1) {
    const Point a = corner(-85, -85), b = corner(85, -85), c = corner(85, 85), d = corner(-85, 85);
    close({a, b, c, d});
  } else if (label == 2) {
    const Point a = corner(0, -100), b = corner(95, 80), c = corner(-95, 80);
    close({a, b, c});
  } else {
    const Point a = corner(-85, -85), b = corner(85, 85), c = corner(85, -85), d = corner(-85, 85);
    figure.line(a, b);
    figure.line(c, d);
  }
  return figure;
}

void draw_picture(std::int64_t label, std::int64_t H, std::int64_t W, Rng& rng, float* out) {
  const Figure figure = draw_figure(label, H, W, rng);
  const std::int64_t ink = between(rng, kLevels - 4, kLevels);
  for (std::int64_t h = 0; h < H; ++h) {
    for (std::int64_t w = 0; w < W; ++w) {
      std::int64_t covered = 0;  // of 16 points
      for (std::int64_t i = 0; i < 16; ++i) {
        const Point p{w * kUnit + i % 4 * kUnit / 4 + kUnit / 8, h * kUnit + i / 4 * kUnit / 4 + kUnit / 8};
        covered += covers(figure, p) ? 1 : 0;
      }
      // A quarter or so of the pixels is off by one or two levels.
      constexpr std::int64_t kNoise[] = {0, 0, 0, 0, 0, 1, 1, 2, -1, -1, 0, 0};
      const std::int64_t level = (covered * ink + 8) / 16 + kNoise[rng.below(std::size(kNoise))];
      *out++ = static_cast<float>(std::clamp<std::int64_t>(level, 0, kLevels)) / static_cast<float>(kLevels);
    }
  }
}

Dataset draw(const Shape& input, std::int64_t classes, std::int64_t count, Rng& rng) {
  const std::int64_t C = input[1], H = input[2], W = input[3];
  Dataset out{Tensor(Shape{count, C, H, W}), IndexTensor(Shape{count})};
  for (std::int64_t n = 0; n < count; ++n) {
    out.labels[n] = static_cast<std::int32_t>(n % classes);
    float* first = out.images.data.data() + n * C * H * W;
    draw_picture(n % classes, H, W, rng, first);
    for (std::int64_t c = 1; c < C; ++c) std::copy_n(first, H * W, first + c * H * W);
  }
  return out;
}

}  // namespace

void Dataset::gather(std::span<const std::int64_t> order, Tensor& x, IndexTensor& classes) const {
  const auto N = static_cast<std::int64_t>(order.size());
  Shape shape = images.shape;
  shape[0] = N;
  if (!(x.shape == shape)) x.reset(shape);
  if (!(classes.shape == Shape{N})) classes.reset(Shape{N});
  const std::int64_t size = shape.count() / N;
  for (std::int64_t n = 0; n < N; ++n) {
    const std::int64_t from = order[static_cast<std::size_t>(n)];
    std::copy_n(images.data.data() + from * size, size, x.data.data() + n * size);
    classes[n] = labels[from];
  }
}

Result<DatasetSplit> draw_dataset(const Shape& input, std::int64_t classes, std::int64_t train_count,
                                  std::int64_t test_count, std::uint64_t seed) {
  if (input.rank() != 4 || input[2] < 8 || input[3] < 8) {
    return Error{"dataset.shape", "input.shape",
                 "expected pictures [N,C,H,W] of at least 8x8 to draw, found " + input.text()};
  }
  if (classes < 2 || classes > static_cast<std::int64_t>(std::size(kDrawnClasses))) {
    return Error{"dataset.classes", "layers", "expected 2 to 4 classes to draw, found " + std::to_string(classes)};
  }
  Rng rng(seed);
  DatasetSplit out;
  out.train = draw(input, classes, train_count, rng);
  out.test = draw(input, classes, test_count, rng);
  return out;
}

}  // namespace backstep
