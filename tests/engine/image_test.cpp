#include "engine/image.h"

#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

struct Picture {
  std::int64_t width, height;
  std::vector<std::uint8_t> rgba;

  Picture(std::int64_t w, std::int64_t h) : width(w), height(h), rgba(static_cast<std::size_t>(w * h * 4), 255) {}
  void set(std::int64_t x, std::int64_t y, std::array<std::uint8_t, 4> colour) {
    std::copy(colour.begin(), colour.end(), rgba.begin() + (y * width + x) * 4);
  }
  void grey(std::int64_t x, std::int64_t y, std::uint8_t level) { set(x, y, {level, level, level, 255}); }

  Tensor input(const Shape& shape) const {
    auto result = picture_to_input(rgba, width, height, shape);
    REQUIRE(result);
    return std::move(*result);
  }
};

}  // namespace

TEST_CASE("image: pixels of the input's size go through unchanged") {
  Picture picture(3, 2);
  constexpr std::uint8_t kLevels[] = {0, 255, 51, 102, 1, 254};
  for (std::int64_t i = 0; i < 6; ++i) picture.grey(i % 3, i / 3, kLevels[i]);
  const Tensor got = picture.input(Shape{1, 1, 2, 3});
  for (std::int64_t i = 0; i < 6; ++i) CHECK(bits(got[i]) == bits(static_cast<float>(kLevels[i] / 255.0)));
}

TEST_CASE("image: means of whole and of partly covered pixels") {
  Picture whole(4, 2);
  for (std::int64_t x = 0; x < 4; ++x) whole.grey(x, 0, 0);
  whole.grey(3, 0, 255);
  // Left block: two black over two white pixels; right block: one black, three white.
  CHECK(difference(whole.input(Shape{1, 1, 1, 2}), tensor(Shape{1, 1, 1, 2}, {0.5F, 0.75F})) == "");

  Picture three(3, 3);
  for (std::int64_t y = 0; y < 3; ++y) {
    for (std::int64_t x = 0; x < 3; ++x) three.grey(x, y, x == 1 && y == 1 ? 255 : 0);
  }
  // Each of the four cells covers 1.5 x 1.5 pixels, a quarter of the white one among them: 0.25 / 2.25.
  const float ninth = static_cast<float>(1.0 / 9.0);
  CHECK(difference(three.input(Shape{1, 1, 2, 2}), tensor(Shape{1, 1, 2, 2}, {ninth, ninth, ninth, ninth})) == "");

  Picture two(2, 2);  // larger than the picture: pixels repeat, the middle is mixed
  for (std::int64_t y = 0; y < 2; ++y) two.grey(0, y, 0);
  const Tensor wide = two.input(Shape{1, 1, 3, 3});
  for (std::int64_t i = 0; i < 3; ++i) {
    CHECK(wide[i * 3] == 0.0F);
    CHECK(wide[i * 3 + 1] == 0.5F);
    CHECK(wide[i * 3 + 2] == 1.0F);
  }
}

TEST_CASE("image: cut to the input's aspect about the centre") {
  Picture wide(6, 2), tall(2, 6);
  for (std::int64_t i = 0; i < 6; ++i) {
    const std::uint8_t level = i == 2 || i == 3 ? 255 : 0;
    for (std::int64_t k = 0; k < 2; ++k) {
      wide.grey(i, k, level);
      tall.grey(k, i, level);
    }
  }
  for (const float value : wide.input(Shape{1, 1, 4, 4}).data) CHECK(value == 1.0F);
  for (const float value : tall.input(Shape{1, 1, 4, 4}).data) CHECK(value == 1.0F);
  Picture odd(3, 2);  // half a pixel goes on each side
  odd.grey(0, 0, 0);
  odd.grey(0, 1, 0);
  CHECK(difference(odd.input(Shape{1, 1, 1, 1}), tensor(Shape{1, 1, 1, 1}, {0.75F})) == "");
}

TEST_CASE("image: luminance, colours, and transparency over black") {
  Picture picture(1, 1);
  const auto grey = [&](std::array<std::uint8_t, 4> colour) {
    picture.set(0, 0, colour);
    return picture.input(Shape{1, 1, 1, 1})[0];
  };
  CHECK(bits(grey({255, 0, 0, 255})) == bits(0.299F));
  CHECK(bits(grey({0, 255, 0, 255})) == bits(0.587F));
  CHECK(bits(grey({0, 0, 255, 255})) == bits(0.114F));
  CHECK(grey({255, 255, 255, 255}) == 1.0F);
  CHECK(grey({255, 255, 255, 0}) == 0.0F);
  CHECK(bits(grey({255, 255, 255, 51})) == bits(0.2F));
  picture.set(0, 0, {255, 51, 0, 255});
  CHECK(difference(picture.input(Shape{1, 3, 1, 1}), tensor(Shape{1, 3, 1, 1}, {1.0F, 0.2F, 0.0F})) == "");
}

TEST_CASE("image: a plain picture of any size stays plain, and no pixel outside is read") {
  // 58 pixels onto 14 cells: 58 / 14 * 14 is more than 58 in floating point.
  for (const std::int64_t width : {1, 2, 13, 14, 15, 29, 57, 58, 59, 116, 123, 400}) {
    for (const std::int64_t height : {1, 7, 14, 58, 131}) {
      CAPTURE(width);
      CAPTURE(height);
      Picture picture(width, height);
      for (std::int64_t i = 0; i < width * height; ++i) picture.grey(i % width, i / width, 51);
      for (const float value : picture.input(Shape{1, 1, 14, 14}).data) CHECK(bits(value) == bits(0.2F));
      for (const float value : picture.input(Shape{1, 3, 5, 9}).data) CHECK(bits(value) == bits(0.2F));
    }
  }
}

TEST_CASE("image: every pixel of a fitting picture counts alike") {
  Rng rng(5);
  Picture picture(21, 14);
  double sum = 0.0;
  for (std::int64_t i = 0; i < 21 * 14; ++i) {
    const auto level = static_cast<std::uint8_t>(rng.below(256));
    picture.grey(i % 21, i / 21, level);
    sum += level;
  }
  const Tensor got = picture.input(Shape{1, 1, 4, 6});
  double mean = 0.0;
  for (const float value : got.data) mean += static_cast<double>(value) / 24.0;
  // Each of the 24 values is rounded to float: half a unit in 2^-24.
  CHECK(mean - sum / (255.0 * 21.0 * 14.0) < 0x1p-24);
  CHECK(sum / (255.0 * 21.0 * 14.0) - mean < 0x1p-24);
}

TEST_CASE("image: what cannot be averaged is refused") {
  const std::vector<std::uint8_t> four(4, 0);
  const auto code = [&](std::int64_t w, std::int64_t h, const Shape& shape) {
    return picture_to_input(four, w, h, shape).error().code;
  };
  CHECK(code(0, 1, Shape{1, 1, 2, 2}) == "image.size");
  CHECK(code(1, -1, Shape{1, 1, 2, 2}) == "image.size");
  CHECK(code(2, 1, Shape{1, 1, 2, 2}) == "image.size");
  CHECK(code(std::int64_t{1} << 40, std::int64_t{1} << 40, Shape{1, 1, 2, 2}) == "image.size");
  CHECK(code(1, 1, Shape{1, 2, 2, 2}) == "image.channels");
  CHECK(code(1, 1, Shape{2, 1, 2, 2}) == "image.channels");
  CHECK(code(1, 1, Shape{1, 4}) == "image.channels");
  CHECK(code(1, 1, Shape{1, 1, std::int64_t{1} << 30, std::int64_t{1} << 30}) == "image.channels");
}
