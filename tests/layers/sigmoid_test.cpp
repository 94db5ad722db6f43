#include "engine/layers/sigmoid.h"

#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("sigmoid: middle, tails and ends") {
  const auto run = run_by_hand(Sigmoid{}, signal({0, 20, -20, -100, kInf, -kInf}), {}, {}, signal({8, 1, 1, 1, 1, 1}));
  CHECK(run.y.data == Numbers{0.5F, 1.0F, 0x1.1b4866p-29F, 3.78350585e-44F, 1, 0});
  CHECK(run.dx[0] == 2.0F);
  // 1 - y is taken from x: the gradient lives on where y rounds to 1.
  CHECK(run.dx[1] == 0x1.1b4866p-29F);
  CHECK(run.dx[2] == 0x1.1b4866p-29F);
  CHECK(run.dx[3] == 3.78350585e-44F);
  CHECK(run.dx[4] == 0.0F);
  CHECK(run.dx[5] == 0.0F);
}
