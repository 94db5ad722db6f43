#include "engine/layers/relu.h"

#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("relu: passes what is above 0, forward and backward; closed at 0") {
  const auto run = run_by_hand(Relu{}, signal({-2, -0.0F, 0, 1e-45F, 3}), {}, {}, signal({1, 2, 3, 4, 5}));
  CHECK(run.y.data == Numbers{0, 0, 0, 1e-45F, 3});
  CHECK(run.dx.data == Numbers{0, 0, 0, 4, 5});
  for (const float v : run.y.data) CHECK(bits(v) != bits(-0.0F));
}

TEST_CASE("relu: the gate selects, so a closed one stops infinity and NaN; a NaN input passes") {
  const auto run =
      run_by_hand(Relu{}, signal({-1, -1, 1, kNan, -kInf, kInf}), {}, {}, signal({kInf, kNan, kNan, 7, 1, 2}));
  CHECK(run.dx[0] == 0.0F);
  CHECK(run.dx[1] == 0.0F);
  CHECK(run.dx[2] != run.dx[2]);
  CHECK(run.y[3] != run.y[3]);
  CHECK(run.dx[3] == 7.0F);
  CHECK(run.y[4] == 0.0F);
  CHECK(run.y[5] == kInf);
}
