#include "engine/layers/avg_pool2d.h"

#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("avg_pool2d: means of 2x2 blocks") {
  const auto run = run_by_hand(pool<AvgPool2d>({2, 2}), image(4, 4, {1, 3, 2, 4, 5, 7, 7, 9, 9, 3, 1, 0, 4, 4, 6, 7}),
                               {}, {}, image(2, 2, {4, 8, 12, 16}));
  CHECK(run.y.data == Numbers{4, 5.5F, 5, 3.5F});
  CHECK(run.dx.data == Numbers{1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4});
}

TEST_CASE("avg_pool2d: padding counted and not counted") {
  AvgPool2d layer = pool<AvgPool2d>({2, 2}, {2, 2}, {1, 1, 1, 1});
  const Tensor x = image(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  const Tensor dy = image(2, 2, {4, 8, 16, 32});
  const auto counted = run_by_hand(layer, x, {}, {}, dy);
  CHECK(counted.y.data == Numbers{0.25F, 1.25F, 2.75F, 7});
  CHECK(counted.dx.data == Numbers{1, 2, 2, 4, 8, 8, 4, 8, 8});
  layer.count_include_pad = false;
  const auto real = run_by_hand(layer, x, {}, {}, dy);
  CHECK(real.y.data == Numbers{1, 2.5F, 5.5F, 7});
  CHECK(real.dx.data == Numbers{4, 4, 4, 8, 8, 8, 8, 8, 8});
  CHECK(layer.divisor(x.shape, 0, 0) == 1);
  CHECK(layer.divisor(x.shape, 1, 1) == 4);
}

TEST_CASE("avg_pool2d: overlapping windows, and leftovers that get exactly 0") {
  const auto run = run_by_hand(pool<AvgPool2d>({1, 2}, {1, 1}), signal({1, 3, 5}), {}, {}, signal({2, 10}));
  CHECK(run.y.data == Numbers{2, 4});
  CHECK(run.dx.data == Numbers{1, 6, 5});
  const auto leftover = run_by_hand(pool<AvgPool2d>({1, 2}, {1, 3}), signal({1, 3, 5, 7}), {}, {}, signal({2}));
  CHECK(leftover.dx.data == Numbers{1, 1, 0, 0});
}

TEST_CASE("avg_pool2d: one subtotal for each window row") {
  // 2^24 + 1 is not a float: row by row the two ones are added first.
  const auto run = run_by_hand(pool<AvgPool2d>({2, 2}), image(2, 2, {16777216, 0, 1, 1}), {}, {}, image(1, 1, {1}));
  CHECK(run.y.data == Numbers{16777218.0F / 4});
}
