#include "engine/layers/batch_norm.h"

#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("batch_norm: training, with statistics that come out even") {
  BatchNorm layer;
  layer.eps = 0.0;
  // Channel 0: 1 1 5 5, mean 3, deviation 2. Channel 1: 0 0 0 4, mean 1.
  const auto run = run_by_hand(layer, tensor({2, 2, 1, 2}, {1, 5, 0, 0, 5, 1, 4, 0}), vector({10, 1}),
                               vector({0.5F, 0}), tensor({2, 2, 1, 2}, {4, 0, 0, 0, 0, 0, 0, 0}));
  CHECK(run.cache.shape == Shape{2, 2});
  CHECK(run.cache[0] == 3.0F);
  CHECK(run.cache[2] == 0.5F);
  CHECK(run.cache[1] == 1.0F);
  CHECK(run.cache[3] == static_cast<float>(1.0 / 1.7320508075688772));
  CHECK(run.y[0] == -9.5F);
  CHECK(run.y[1] == 10.5F);
  CHECK(run.y[4] == 10.5F);
  CHECK(run.y[5] == -9.5F);
  CHECK(run.dw.data == Numbers{-4, 0});
  CHECK(run.db.data == Numbers{4, 0});
  // (dY - 1 - Xhat (-1)) times 10 / 2.
  CHECK(run.dx[0] == 10.0F);
  CHECK(run.dx[1] == 0.0F);
  CHECK(run.dx[4] == 0.0F);
  CHECK(run.dx[5] == -10.0F);
  CHECK(run.dx[2] == 0.0F);
}

TEST_CASE("batch_norm: inference uses the stored statistics, and the gradient goes straight through") {
  BatchNorm layer = Examples<BatchNorm>::inference({2}, {4});
  layer.eps = 0.0;
  const auto run = run_by_hand(layer, signal({2, 4, 8}), vector({3}), vector({1}), signal({1, 2, 4}));
  CHECK(run.y.data == Numbers{1, 4, 10});
  CHECK(run.dx.data == Numbers{1.5F, 3, 6});
  CHECK(run.dw.data == Numbers{2 + 12});
  CHECK(run.db.data == Numbers{7});
  const auto plain =
      run_by_hand(Examples<BatchNorm>::inference({}, {}), signal({2, 4}), vector({1}), vector({0}), signal({1, 1}));
  CHECK(plain.cache.data == Numbers{0, static_cast<float>(1.0 / 1.0000049999875)});
}

TEST_CASE("batch_norm: vectors are channels of one number") {
  BatchNorm layer;
  layer.eps = 0.0;
  const auto run =
      run_by_hand(layer, tensor({2, 2}, {1, 10, 3, 30}), vector({1, 1}), vector({0, 5}), tensor({2, 2}, {1, 0, 0, 0}));
  CHECK(run.y.data == Numbers{-1, 4, 1, 6});
}

TEST_CASE("batch_norm: one subtotal for each row, also in the mean") {
  BatchNorm layer;
  const auto run = run_by_hand(layer, tensor({1, 1, 2, 2}, {16777216, 0, 1, 1}), vector({1}), vector({0}),
                               tensor({1, 1, 2, 2}, {0, 0, 0, 0}));
  CHECK(run.cache[0] == 16777218.0F / 4);
}

TEST_CASE("batch_norm: a constant channel gives beta, not NaN") {
  const auto run = run_by_hand(BatchNorm{}, signal({7, 7, 7}), vector({2}), vector({0.25F}), signal({1, 2, 3}));
  CHECK(run.y.data == Numbers{0.25F, 0.25F, 0.25F});
  CHECK(run.dw.data == Numbers{0});
}

TEST_CASE("batch_norm: dX does not need dgamma and dbeta to be asked for") {
  Rng rng(21);
  for (const Isa isa : available_isas()) {
    BatchNorm layer;
    auto run = filled_run(layer, {3, 2, 2, 2}, rng, random_tensor);
    run.run(layer, isa);
    Tensor dx(run.shapes.x);
    Outputs<float> out;
    out.dx = &dx;
    Pass<float> pass = run.pass();
    pass.dw = nullptr;
    pass.db = nullptr;
    layer.backward(pass, out, run.shapes, isa);
    CHECK(difference(dx, run.dx) == "");
  }
}
