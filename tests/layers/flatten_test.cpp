#include "engine/layers/flatten.h"

#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("flatten: same numbers, same order, another shape") {
  const auto run = run_by_hand(Flatten{}, tensor({2, 1, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}), {}, {},
                               tensor({2, 4}, {8, 7, 6, 5, 4, 3, 2, 1}));
  CHECK(run.y.shape == Shape{2, 4});
  CHECK(run.y.data == run.x.data);
  CHECK(run.dx.shape == Shape{2, 1, 2, 2});
  CHECK(run.dx.data == run.dy.data);
}
