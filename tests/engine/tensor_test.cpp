#include "engine/tensor.h"

#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("tensor: shapes count, print and convert indices both ways") {
  const Shape s{2, 3, 4};
  CHECK(s.rank() == 3);
  CHECK(s.count() == 24);
  CHECK(s.text() == "[2,3,4]");
  CHECK(s.times_text() == "2×3×4");
  CHECK(Shape{1, 3, 28, 28}.times_text() == "3×28×28");
  CHECK(Shape{}.count() == 1);
  CHECK(Shape{}.is_none());
  CHECK_FALSE(Shape{0}.is_none());
  for (std::int64_t i = 0; i < s.count(); ++i) CHECK(s.ravel(s.unravel(i)) == i);
  CHECK(s.unravel(23)[0] == 1);
  CHECK(s.unravel(23)[1] == 2);
  CHECK(s.unravel(23)[2] == 3);
  CHECK(Shape{2, 3} == Shape{2, 3});
  CHECK_FALSE(Shape{2, 3} == Shape{2, 3, 1});
}

TEST_CASE("tensor: counts saturate, they do not wrap") {
  const Shape huge{std::int64_t{1} << 40, std::int64_t{1} << 40};
  CHECK(huge.count() == Shape::kCountLimit);
  CHECK(saturating_mul(0, Shape::kCountLimit) == 0);
  CHECK(saturating_mul(3, 5) == 15);
  CHECK(saturating_add(Shape::kCountLimit, 1) == Shape::kCountLimit);
  CHECK(saturating_add(2, 3) == 5);
}

TEST_CASE("tensor: reset gives zeros of the new shape") {
  Tensor t = tensor({2, 2}, {1, 2, 3, 4});
  t.reset({3});
  CHECK(t.shape == Shape{3});
  CHECK(t.data == std::vector<float>{0, 0, 0});
}

TEST_CASE("tensor: same bits tells zeros apart and takes every NaN as one") {
  CHECK(same_bits(kNan, -kNan));
  CHECK(same_bits(std::bit_cast<float>(0x7fc00001U), kNan));
  CHECK_FALSE(same_bits(0.0F, -0.0F));
  CHECK_FALSE(same_bits(kNan, 1.0F));
  CHECK(canonical_bits(-kNan) == 0x7fc00000U);
  CHECK(canonical_bits(1.0F) == 0x3f800000U);
  CHECK(same_bits(tensor({2}, {kNan, 1}), tensor({2}, {-kNan, 1})));
  CHECK_FALSE(same_bits(tensor({2}, {1, 1}), tensor({1, 2}, {1, 1})));
}
