#include "engine/layers/tanh.h"

#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("tanh: middle, small arguments, tails and ends") {
  const auto run =
      run_by_hand(Tanh{}, signal({0, 1e-30F, -1e-45F, 20, kInf, -kInf}), {}, {}, signal({8, 1, 1, 1, 1, 1}));
  CHECK(run.y.data == Numbers{0, 1e-30F, -1e-45F, 1, 1, -1});
  CHECK(run.dx[0] == 8.0F);
  CHECK(run.dx[1] == 1.0F);
  CHECK(run.dx[3] == static_cast<float>(4.0 * 4.24835425529158899e-18));  // 4 exp(-40): not from y, which is 1
  CHECK(run.dx[4] == 0.0F);
}

TEST_CASE("tanh is odd, to the last bit") {
  Rng rng(8);
  for (int i = 0; i < 1000; ++i) {
    const double x = 3.0 * rng.normal();
    CHECK(bits(math::tanh(-x)) == bits(-math::tanh(x)));
  }
}
