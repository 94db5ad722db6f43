#include "engine/layers/conv2d.h"

#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Padding all_around(std::int64_t p) { return {p, p, p, p}; }
Conv2d plain(Pair kernel, Pair stride = {1, 1}, Padding padding = {}, Pair dilation = {1, 1}) {
  return conv(1, kernel, stride, padding, dilation, 1, false);
}

}  // namespace

TEST_CASE("conv2d: the lesson's example 3 and its twin") {
  const Conv2d c = conv(1, {1, 2});
  const auto run = run_by_hand(c, signal({3, 4, 5}), signal({1, 2}), vector({0}), signal({1, -1}));
  CHECK(run.y.data == Numbers{11, 14});
  CHECK(run.dw.data == Numbers{-1, -1});
  CHECK(run.dx.data == Numbers{1, 1, -2});
  CHECK(run.db.data == Numbers{0});
  const auto twin = run_by_hand(c, signal({3, 4, 5}), signal({1, 2}), vector({0}), signal({1, -2}));
  CHECK(twin.dw.data == Numbers{-5, -6});
  CHECK(twin.dx.data == Numbers{1, 0, -4});
  CHECK(twin.db.data == Numbers{-1});
}

TEST_CASE("conv2d: flip makes it the true convolution") {
  Conv2d c = conv(1, {1, 2});
  c.flip = true;
  const auto run = run_by_hand(c, signal({3, 4, 5}), signal({1, 2}), vector({0}), signal({1, -2}));
  CHECK(run.y.data == Numbers{10, 13});
  CHECK(run.dw.data == Numbers{-6, -5});  // the gradient of K[0] is what K[1] had
  CHECK(run.dx.data == Numbers{2, -3, -2});
  c.kernel = {2, 3};
  const auto wide = run_by_hand(c, image(2, 3, {1, 2, 3, 4, 5, 6}), image(2, 3, {1, 0, 0, 0, 0, -1}), vector({0.5F}),
                                image(1, 1, {1}));
  CHECK(wide.y.data == Numbers{6 - 1 + 0.5F});
  CHECK(wide.dw.data == Numbers{6, 5, 4, 3, 2, 1});
}

TEST_CASE("conv2d: a 2x2 kernel on a 3x3 image, forward and all gradients") {
  const auto run = run_by_hand(conv(1, {2, 2}), image(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}), image(2, 2, {1, 2, 3, 4}),
                               vector({0.5F}), image(2, 2, {1, 2, 3, 4}));
  CHECK(run.y.data == Numbers{37.5F, 47.5F, 67.5F, 77.5F});
  CHECK(run.dw.data == Numbers{37, 47, 67, 77});  // X and dY, slid over each other
  CHECK(run.db.data == Numbers{10});
  CHECK(run.dx.data == Numbers{1, 4, 4, 6, 20, 16, 9, 24, 16});  // full correlation with the flipped kernel
}

TEST_CASE("conv2d: padding and stride; a leftover row is never read") {
  const Conv2d c = plain({3, 3}, {2, 2}, all_around(1));
  const Tensor x = image(4, 4, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
  const auto run = run_by_hand(c, x, image(3, 3, {1, 1, 1, 1, 1, 1, 1, 1, 1}), {}, image(2, 2, {1, 1, 1, 1}));
  CHECK(run.y.data == Numbers{14, 30, 57, 99});
  CHECK(run.dw.data == Numbers{6, 12, 14, 12, 24, 28, 20, 40, 44});
  CHECK(run.dx.data == Numbers{1, 2, 1, 1, 2, 4, 2, 2, 1, 2, 1, 1, 1, 2, 1, 1});
  const auto skip = run_by_hand(plain({1, 2}, {1, 3}), signal({1, 2, 3, 4, 5}), signal({1, 10}), {}, signal({1, 1}));
  CHECK(skip.y.data == Numbers{21, 54});
  CHECK(skip.dx.data == Numbers{1, 10, 0, 1, 10});
  CHECK(bits(skip.dx[2]) == 0);
  const auto last = run_by_hand(plain({1, 2}, {1, 2}), signal({1, 2, 3, 4, 5}), signal({1, 10}), {}, signal({1, 1}));
  CHECK(last.y.data == Numbers{21, 43});
  CHECK(last.dx.data == Numbers{1, 10, 1, 10, 0});
  CHECK(bits(last.dx[4]) == 0);
}

TEST_CASE("conv2d: padding given for each side") {
  Conv2d c = plain({2, 2}, {1, 1}, {1, 0, 0, 2});  // top 1, left 0, bottom 0, right 2
  const auto run = run_by_hand(c, image(2, 1, {1, 2}), image(2, 2, {1, 10, 100, 1000}), {}, image(2, 2, {1, 0, 0, 1}));
  CHECK(run.y.data == Numbers{100, 0, 201, 0});
  CHECK(run.dx.data == Numbers{100, 0});
}

TEST_CASE("conv2d: dilation") {
  const auto run = run_by_hand(plain({1, 3}, {1, 1}, {}, {1, 3}), signal({1, 2, 3, 4, 5, 6, 7}), signal({1, 10, 100}),
                               {}, signal({2}));
  CHECK(run.y.data == Numbers{741});
  CHECK(run.dw.data == Numbers{2, 8, 14});
  CHECK(run.dx.data == Numbers{2, 0, 0, 20, 0, 0, 200});
}

TEST_CASE("conv2d: groups and depthwise with a multiplier") {
  const Conv2d grouped = conv(2, {1, 1}, {1, 1}, {}, {1, 1}, 2, false);
  const auto run = run_by_hand(grouped, tensor({1, 4, 1, 1}, {1, 2, 3, 4}), tensor({2, 2, 1, 1}, {1, 10, 100, 1000}),
                               {}, tensor({1, 2, 1, 1}, {1, 2}));
  CHECK(run.y.data == Numbers{21, 4300});
  CHECK(run.dw.data == Numbers{1, 2, 6, 8});
  CHECK(run.dx.data == Numbers{1, 10, 200, 2000});
  const Conv2d depthwise = conv(4, {1, 1}, {1, 1}, {}, {1, 1}, 2);
  const auto each = run_by_hand(depthwise, tensor({1, 2, 1, 1}, {5, 7}), tensor({4, 1, 1, 1}, {1, 2, 3, 4}),
                                vector({0, 1, 2, 3}), tensor({1, 4, 1, 1}, {1, 1, 1, 2}));
  CHECK(each.y.data == Numbers{5, 11, 23, 31});
  CHECK(each.dw.data == Numbers{5, 5, 7, 14});
  CHECK(each.db.data == Numbers{1, 1, 1, 2});
  CHECK(each.dx.data == Numbers{3, 11});
}

TEST_CASE("conv2d: a batch sums weight gradients, and keeps images apart") {
  const auto run = run_by_hand(conv(1, {1, 2}), tensor({2, 1, 1, 3}, {3, 4, 5, 1, 0, 2}), signal({1, 2}), vector({1}),
                               tensor({2, 1, 1, 2}, {1, -2, 3, 1}));
  CHECK(run.y.data == Numbers{12, 15, 2, 5});
  CHECK(run.dw.data == Numbers{-5 + 3, -6 + 2});
  CHECK(run.db.data == Numbers{3});
  CHECK(run.dx.data == Numbers{1, 0, -4, 3, 7, 2});
}

TEST_CASE("conv2d: same padding for even kernels and for strides, full, valid") {
  const Conv2d even = conv_by_rule(1, {1, 2}, PaddingRule::same);
  const auto run = run_by_hand(even, signal({1, 2, 3, 4}), signal({1, 10}), vector({0}), signal({0, 0, 0, 1}));
  CHECK(run.y.data == Numbers{21, 32, 43, 4});  // the odd column is padded on the right
  CHECK(run.dx.data == Numbers{0, 0, 0, 1});
  const auto padding = [](const Conv2d& c, std::int64_t h, std::int64_t w) { return c.window({1, 1, h, w}).padding; };
  CHECK(padding(conv_by_rule(1, {4, 2}, PaddingRule::same), 5, 5) == Padding{1, 0, 2, 1});
  CHECK(padding(conv_by_rule(1, {3, 3}, PaddingRule::same, {2, 2}), 5, 6) == Padding{1, 0, 1, 1});
  CHECK(padding(conv_by_rule(1, {1, 3}, PaddingRule::same, {3, 1}, {1, 2}), 5, 6) == Padding{0, 2, 0, 2});
  for (std::int64_t h = 1; h < 9; ++h) {
    for (std::int64_t s = 1; s < 4; ++s) {
      const LayerShapes shapes = shapes_of(conv_by_rule(1, {3, 2}, PaddingRule::same, {s, s}), {1, 1, h, h + 1});
      CHECK(shapes.y == Shape{1, 1, (h + s - 1) / s, (h + 1 + s - 1) / s});
    }
  }
  const auto full = run_by_hand(conv_by_rule(1, {1, 3}, PaddingRule::full), signal({1, 2}), signal({1, 10, 100}),
                                vector({0}), signal({1, 0, 0, 0}));
  CHECK(full.y.data == Numbers{100, 210, 21, 2});
  Conv2d valid = conv_by_rule(1, {3, 3}, PaddingRule::valid);
  valid.padding = all_around(5);
  CHECK(shapes_of(valid, {1, 1, 7, 5}).y == Shape{1, 1, 5, 3});
}

TEST_CASE("conv2d: only the gradients that are asked for") {
  Rng rng(2);
  const Conv2d c = conv(3, {2, 2});
  for (const Isa isa : available_isas()) {
    auto run = filled_run(c, {2, 2, 3, 3}, rng, random_tensor);
    run.run(c, isa);
    Tensor db(run.shapes.b), dw(run.shapes.w);
    Outputs<float> only_db, only_dw;
    only_db.db = &db;
    only_dw.dw = &dw;
    c.backward(run.pass(), only_db, run.shapes, isa);
    c.backward(run.pass(), only_dw, run.shapes, isa);
    CHECK(difference(db, run.db) == "");
    CHECK(difference(dw, run.dw) == "");
  }
}

TEST_CASE("conv2d: shapes and counts of the lesson") {
  Conv2d resnet = conv(64, {7, 7}, {2, 2}, all_around(3), {1, 1}, 1, false);
  const LayerShapes first = shapes_of(resnet, {1, 3, 224, 224});
  CHECK(first.y == Shape{1, 64, 112, 112});
  CHECK(first.w.count() == 9408);
  CHECK(resnet.multiply_adds(first) == 118013952);
  CHECK(shapes_of(conv(32, {3, 3}, {1, 1}, all_around(1)), {1, 16, 32, 32}).y == Shape{1, 32, 32, 32});
  const LayerShapes shared = shapes_of(conv(64, {3, 3}, {1, 1}, all_around(1)), {1, 3, 256, 256});
  CHECK(shared.w.count() + shared.b.count() == 1792);
  CHECK(conv(64, {3, 3}).multiply_adds(shared) == 113246208);
  // An even kernel with floor(k / 2) on both sides gives one row too many.
  CHECK(shapes_of(conv(1, {2, 2}, {1, 1}, all_around(1)), {1, 1, 6, 6}).y == Shape{1, 1, 7, 7});
}
