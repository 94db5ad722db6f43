#include "engine/layers/max_pool2d.h"

#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("max_pool2d: the lesson's practice 3 and 4") {
  const auto run = run_by_hand(pool<MaxPool2d>({2, 2}), image(4, 4, {1, 3, 2, 4, 5, 6, 7, 8, 9, 2, 1, 0, 4, 5, 6, 7}),
                               {}, {}, image(2, 2, {0.1F, 0.2F, 0.3F, 0.4F}));
  CHECK(run.y.data == Numbers{6, 8, 9, 7});
  CHECK(run.switches.data == std::vector<std::int32_t>{5, 7, 8, 15});  // (1,1) (1,3) (2,0) (3,3)
  CHECK(run.dx.data == Numbers{0, 0, 0, 0, 0, 0.1F, 0, 0.2F, 0.3F, 0, 0, 0, 0, 0, 0, 0.4F});
}

TEST_CASE("max_pool2d: among equal values the first in row-major order wins") {
  const auto run =
      run_by_hand(pool<MaxPool2d>({2, 2}), image(2, 4, {7, 7, 1, 3, 7, 7, 3, 2}), {}, {}, image(1, 2, {1, 1}));
  CHECK(run.switches.data == std::vector<std::int32_t>{0, 3});
  CHECK(run.dx.data == Numbers{1, 0, 0, 1, 0, 0, 0, 0});
  const auto zeros = run_by_hand(pool<MaxPool2d>({1, 2}), signal({-0.0F, 0.0F, 0.0F, -0.0F}), {}, {}, signal({1, 1}));
  CHECK(zeros.switches.data == std::vector<std::int32_t>{0, 2});
  CHECK(bits(zeros.y[0]) == bits(-0.0F));
}

TEST_CASE("max_pool2d: padding never wins, not even over negative numbers") {
  const auto run = run_by_hand(pool<MaxPool2d>({2, 2}, {2, 2}, {1, 1, 1, 1}), image(2, 2, {-4, -3, -2, -1}), {}, {},
                               image(2, 2, {1, 2, 3, 4}));
  CHECK(run.y.data == Numbers{-4, -3, -2, -1});
  CHECK(run.dx.data == Numbers{1, 2, 3, 4});
  const auto lowest =
      run_by_hand(pool<MaxPool2d>({1, 2}, {1, 1}, {0, 1, 0, 1}), signal({-kInf}), {}, {}, signal({1, 1}));
  CHECK(lowest.y.data == Numbers{-kInf, -kInf});
  CHECK(lowest.switches.data == std::vector<std::int32_t>{0, 0});
}

TEST_CASE("max_pool2d: overlapping windows add their gradients up; leftovers get exactly 0") {
  const auto run = run_by_hand(pool<MaxPool2d>({1, 3}, {1, 1}), signal({1, 9, 2, 3, 4}), {}, {}, signal({1, 10, 100}));
  CHECK(run.y.data == Numbers{9, 9, 4});
  CHECK(run.dx.data == Numbers{0, 11, 0, 0, 100});
  const auto leftover = run_by_hand(pool<MaxPool2d>({1, 2}), signal({1, 2, 9}), {}, {}, signal({5}));
  CHECK(leftover.y.data == Numbers{2});
  CHECK(leftover.dx.data == Numbers{0, 5, 0});
}

TEST_CASE("max_pool2d: a NaN wins, the first one, and takes the gradient") {
  const auto run = run_by_hand(pool<MaxPool2d>({1, 4}), signal({1, kNan, kInf, kNan}), {}, {}, signal({3}));
  CHECK(run.y[0] != run.y[0]);
  CHECK(run.switches.data == std::vector<std::int32_t>{1});
  CHECK(run.dx.data == Numbers{0, 3, 0, 0});
}

TEST_CASE("max_pool2d: channels and images have planes of their own") {
  const auto run = run_by_hand(pool<MaxPool2d>({1, 2}), tensor({2, 2, 1, 2}, {1, 2, 4, 3, 5, 6, 8, 7}), {}, {},
                               tensor({2, 2, 1, 1}, {1, 2, 3, 4}));
  CHECK(run.y.data == Numbers{2, 4, 6, 8});
  CHECK(run.switches.data == std::vector<std::int32_t>{1, 0, 1, 0});
  CHECK(run.dx.data == Numbers{0, 1, 2, 0, 0, 3, 4, 0});
}

TEST_CASE("max_pool2d: windows of 2 x 2 side by side, of every width, have the reference's bits and winners") {
  const float values[] = {0.0F, -0.0F, 1.0F, -1.0F, 2.0F, kInf, -kInf, kNan};
  Rng rng(22);
  for (std::int64_t width = 2; width <= 21; ++width) {
    for (const std::int64_t bottom : {0, 1}) {
      const auto layer = pool<MaxPool2d>({2, 2}, {2, 2}, {0, 0, bottom, 0});
      LayerRun<float> run;
      run.shapes = *layer.shapes({2, 3, 5, width});
      run.x = Tensor(run.shapes.x);
      for (float& value : run.x.data) value = values[rng.next() % 8];
      run.dy = wild_tensor(rng, run.shapes.y);
      run.run(layer);
      for (const Isa isa : available_isas()) {
        LayerRun<float> other = run;
        other.run(layer, isa);
        CHECK(other.switches.data == run.switches.data);
        bool same = true;
        for (std::int64_t i = 0; i < run.y.count(); ++i) same = same && same_bits(run.y[i], other.y[i]);
        CHECK(same);
      }
    }
  }
}
