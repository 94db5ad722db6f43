#include "engine/layers/global_avg_pool2d.h"

#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("global_avg_pool2d: each channel becomes its mean") {
  const auto run = run_by_hand(GlobalAvgPool2d{}, tensor({1, 2, 2, 2}, {1, 2, 3, 6, -1, -1, -1, -5}), {}, {},
                               tensor({1, 2, 1, 1}, {4, 8}));
  CHECK(run.y.data == Numbers{3, -2});
  CHECK(run.dx.data == Numbers{1, 1, 1, 1, 2, 2, 2, 2});
  CHECK(GlobalAvgPool2d{}.field({1, 2, 2, 2}).whole);
}

TEST_CASE("global_avg_pool2d: one subtotal for each row") {
  const auto run =
      run_by_hand(GlobalAvgPool2d{}, tensor({1, 1, 2, 2}, {16777216, 0, 1, 1}), {}, {}, tensor({1, 1, 1, 1}, {1}));
  CHECK(run.y.data == Numbers{16777218.0F / 4});
}
