#include "engine/layers/leaky_relu.h"

#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("leaky_relu: slope below 0, and at 0") {
  LeakyRelu layer;
  layer.negative_slope = 0.25;
  const auto run = run_by_hand(layer, signal({-4, 0, 2}), {}, {}, signal({8, 8, 8}));
  CHECK(run.y.data == Numbers{-1, 0, 2});
  CHECK(run.dx.data == Numbers{2, 2, 8});
}

TEST_CASE("leaky_relu: the usual slope is 0.01, and a NaN passes") {
  const auto run = run_by_hand(LeakyRelu{}, signal({-100, kNan}), {}, {}, signal({1, 3}));
  CHECK(run.y[0] == -100.0F * 0.01F);
  CHECK(run.dx[0] == 0.01F);
  CHECK(run.y[1] != run.y[1]);
  CHECK(run.dx[1] == 3.0F);
}
