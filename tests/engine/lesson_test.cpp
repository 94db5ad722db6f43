// What a lecture says about convolution and its gradients, read off the engine.
#include "tests/engine/nets.h"
#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Conv2d plain(Pair kernel, Pair stride = {1, 1}, Padding padding = {}, Pair dilation = {1, 1}) {
  return conv(1, kernel, stride, padding, dilation, 1, false);
}

Tensor output_of(const Conv2d& layer, const Tensor& x, const Tensor& w) {
  LayerRun<float> run;
  run.shapes = shapes_of(layer, x.shape);
  run.x = x;
  run.w = w;
  run.forward(layer, best_isa());
  return run.y;
}

// Small integers: all sums are exact, so different orders of summation agree.
Tensor integers(Rng& rng, const Shape& shape) {
  Tensor out(shape);
  for (float& v : out.data) v = static_cast<float>(rng.below(9) - 4);
  return out;
}

Tensor padded(const Tensor& x, std::int64_t p) {
  const std::int64_t H = x.shape[2], W = x.shape[3];
  Tensor out(Shape{1, 1, H + 2 * p, W + 2 * p});
  for (std::int64_t i = 0; i < x.count(); ++i) out[(i / W + p) * (W + 2 * p) + i % W + p] = x[i];
  return out;
}

// Moved to the right; what leaves there enters on the left.
Tensor shifted(const Tensor& x, std::int64_t by) {
  Tensor out(x.shape);
  const std::int64_t W = x.shape[3];
  for (std::int64_t i = 0; i < x.count(); ++i) out[i / W * W + (i + by) % W] = x[i];
  return out;
}

}  // namespace

TEST_CASE("lesson: dL/dK is X slid over by dL/dY; with stride, dL/dY is dilated by it and leftovers are dropped") {
  Rng rng(1);
  for (const std::int64_t s : {1, 2}) {
    const Conv2d layer = plain({3, 3}, {s, s}, {1, 1, 1, 1});
    auto run = filled_run(layer, {1, 1, 6, 6}, rng, integers);
    run.run(layer, best_isa());
    Conv2d slide = plain({run.shapes.y[2], run.shapes.y[3]}, {1, 1}, {}, {s, s});
    const Tensor all = output_of(slide, padded(run.x, 1), run.dy);
    // Stride 2 leaves one more row and column than the kernel has: what floor dropped.
    CHECK(all.shape[2] == (s == 1 ? 3 : 4));
    for (std::int64_t p = 0; p < 3; ++p) {
      for (std::int64_t q = 0; q < 3; ++q) CHECK(run.dw[p * 3 + q] == all[p * all.shape[3] + q]);
    }
  }
}

TEST_CASE("lesson: dL/dX is the full correlation of dL/dY with the flipped kernel") {
  Rng rng(2);
  const Conv2d layer = plain({3, 2});
  auto run = filled_run(layer, {1, 1, 5, 6}, rng, integers);
  run.run(layer, best_isa());
  Conv2d full = plain({3, 2});
  full.rule = PaddingRule::full;
  full.flip = true;
  CHECK(output_of(full, run.dy, run.w).data == run.dx.data);
  full.flip = false;
  CHECK(output_of(full, run.dy, run.w).data != run.dx.data);
}

TEST_CASE("lesson: with channels, dL/dX swaps those that go in with those that come out") {
  Rng rng(5);
  const Conv2d layer = conv(3, {2, 3}, {1, 1}, {}, {1, 1}, 1, false);
  auto run = filled_run(layer, {2, 4, 5, 6}, rng, integers);
  run.run(layer, best_isa());
  Conv2d full = conv(4, {2, 3}, {1, 1}, {}, {1, 1}, 1, false);
  full.rule = PaddingRule::full;
  full.flip = true;
  Tensor swapped(Shape{4, 3, 2, 3});
  for (std::int64_t o = 0; o < 3; ++o) {
    for (std::int64_t c = 0; c < 4; ++c) {
      for (std::int64_t k = 0; k < 6; ++k) swapped[(c * 3 + o) * 6 + k] = run.w[(o * 4 + c) * 6 + k];
    }
  }
  CHECK(output_of(full, run.dy, swapped).data == run.dx.data);
}

TEST_CASE("lesson: a literal convolution in place of dL/dK's correlation turns the sign of example 3") {
  Conv2d slide = plain({1, 2});
  CHECK(output_of(slide, signal({3, 4, 5}), signal({1, -1})).data == std::vector<float>{-1, -1});
  slide.flip = true;
  CHECK(output_of(slide, signal({3, 4, 5}), signal({1, -1})).data == std::vector<float>{1, 1});
  // dX without the flip of the kernel: [2, -1, -1] in place of [1, 1, -2], and for the twin [2, -3, -2].
  Conv2d full = plain({1, 2});
  full.rule = PaddingRule::full;
  CHECK(output_of(full, signal({1, -1}), signal({1, 2})).data == std::vector<float>{2, -1, -1});
  CHECK(output_of(full, signal({1, -2}), signal({1, 2})).data == std::vector<float>{2, -3, -2});
  full.flip = true;
  CHECK(output_of(full, signal({1, -1}), signal({1, 2})).data == std::vector<float>{1, 1, -2});
  CHECK(output_of(full, signal({1, -2}), signal({1, 2})).data == std::vector<float>{1, 0, -4});
}

TEST_CASE("lesson: Y = T X with T built from K, dX = T^T dY, and the transpose is no inverse") {
  Rng rng(6);
  const Conv2d layer = plain({3, 3}, {2, 1}, {1, 0, 1, 0});
  auto run = filled_run(layer, {1, 1, 6, 5}, rng, integers);
  run.run(layer, best_isa());
  const std::int64_t rows = run.y.count(), columns = run.x.count();
  Tensor T(Shape{rows, columns});
  for (std::int64_t i = 0; i < rows; ++i) {
    layer.taps(Slot::y, i, run.shapes, [&](const Tap& tap) { T[i * columns + tap.a.index] = run.w[tap.b.index]; });
  }
  Tensor y(run.shapes.y), dx(run.shapes.x);
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = 0; j < columns; ++j) {
      y[i] += T[i * columns + j] * run.x[j];
      dx[j] += T[i * columns + j] * run.dy[i];
    }
  }
  CHECK(y.data == run.y.data);
  CHECK(dx.data == run.dx.data);
  ConvTranspose2d up = Examples<ConvTranspose2d>::make(1, {3, 3}, {2, 1}, {1, 0, 1, 0});
  up.bias = false;
  up.output_padding = {1, 0};
  LayerRun<float> transposed;
  transposed.shapes = shapes_of(up, run.shapes.y);
  REQUIRE(transposed.shapes.y == run.shapes.x);
  transposed.w = run.w;
  transposed.x = run.dy;
  transposed.forward(up, best_isa());
  CHECK(transposed.y.data == run.dx.data);
  transposed.x = run.y;
  transposed.forward(up, best_isa());
  CHECK(transposed.y.data != run.x.data);
}

TEST_CASE("lesson: seen from one input, the letters of the kernel run backwards") {
  const Conv2d layer = plain({3, 3});
  const LayerShapes s = shapes_of(layer, {1, 1, 5, 5});
  std::vector<std::int64_t> outputs, weights;
  layer.taps(Slot::dx, 2 * 5 + 2, s, [&](const Tap& tap) {
    outputs.push_back(tap.a.index);
    weights.push_back(tap.b.index);
  });
  CHECK(weights == std::vector<std::int64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8});
  CHECK(outputs == std::vector<std::int64_t>{8, 7, 6, 5, 4, 3, 2, 1, 0});
}

TEST_CASE("lesson: where floor drops half a step, the transposed convolution needs output_padding") {
  CHECK(shapes_of(plain({7, 7}, {2, 2}, {3, 3, 3, 3}), {1, 1, 224, 224}).y == Shape{1, 1, 112, 112});
  ConvTranspose2d up = Examples<ConvTranspose2d>::make(1, {7, 7}, {2, 2}, {3, 3, 3, 3});
  CHECK(shapes_of(up, {1, 1, 112, 112}).y == Shape{1, 1, 223, 223});
  up.output_padding = {1, 1};
  CHECK(shapes_of(up, {1, 1, 112, 112}).y == Shape{1, 1, 224, 224});
  // One padded row and column are never read: without them the output is as large, with one less again it is not.
  const Conv2d first = plain({7, 7}, {2, 2}, {3, 3, 2, 2});
  CHECK(shapes_of(first, {1, 1, 224, 224}).y == Shape{1, 1, 112, 112});
  CHECK(shapes_of(plain({7, 7}, {2, 2}, {3, 3, 1, 1}), {1, 1, 224, 224}).y == Shape{1, 1, 111, 111});
}

TEST_CASE("lesson: without a ReLU between them two 3x3 convolutions are one 5x5") {
  Rng rng(3);
  const Tensor x = integers(rng, {1, 1, 8, 8}), a = integers(rng, {1, 1, 3, 3}), b = integers(rng, {1, 1, 3, 3});
  Conv2d full = plain({3, 3});
  full.rule = PaddingRule::full;
  full.flip = true;  // kernels compose by true convolution
  const Tensor both = output_of(full, a, b);
  REQUIRE(both.shape == Shape{1, 1, 5, 5});
  CHECK(output_of(plain({5, 5}), x, both).data == output_of(plain({3, 3}), output_of(plain({3, 3}), x, a), b).data);
}

TEST_CASE("lesson: a shifted image gives shifted features, but not at padded borders, and with stride s only by s") {
  Rng rng(4);
  const Tensor x = integers(rng, {1, 1, 3, 12}), w = integers(rng, {1, 1, 3, 3});
  const auto agrees = [&](const Conv2d& layer, std::int64_t by, std::int64_t out_by, std::int64_t from,
                          std::int64_t margin = 0) {
    const Tensor y = output_of(layer, x, w), moved = output_of(layer, shifted(x, by), w);
    bool same = true;
    for (std::int64_t i = 0; i < y.shape[2]; ++i) {
      for (std::int64_t j = from; j < y.shape[3] - margin; ++j) {
        const std::int64_t at = i * y.shape[3] + j;
        same = same && moved[at] == y[at - out_by];
      }
    }
    return same;
  };
  CHECK(agrees(plain({3, 3}), 1, 1, 1));
  const Conv2d same = plain({3, 3}, {1, 1}, {1, 1, 1, 1});
  CHECK(agrees(same, 1, 1, 2, 1));        // inside
  CHECK_FALSE(agrees(same, 1, 1, 1, 1));  // the first window saw padding before
  CHECK_FALSE(agrees(same, 1, 1, 2));     // the last one sees it now
  CHECK(agrees(plain({3, 3}, {1, 2}), 2, 1, 1));
  CHECK_FALSE(agrees(plain({3, 3}, {1, 2}), 1, 1, 1));
}

TEST_CASE("lesson: max pool forgives a small shift only while no larger value enters") {
  const MaxPool2d layer = pool<MaxPool2d>({1, 2});
  const auto maximum = [&](std::vector<float> values) {
    return run_by_hand(layer, signal(std::move(values)), {}, {}, signal({1})).y[0];
  };
  CHECK(maximum({1, 5}) == maximum({5, 1}));
  CHECK(maximum({5, 9}) == 9.0F);  // [1,5]|9 moved by one
}

TEST_CASE("lesson: same keeps the size with floor(k/2) for odd kernels only, valid loses k - 1, both for stride 1") {
  for (std::int64_t k = 1; k <= 7; ++k) {
    const Conv2d half = plain({k, k}, {1, 1}, {k / 2, k / 2, k / 2, k / 2});
    CHECK(shapes_of(half, {1, 1, 9, 9}).y[2] == (k % 2 == 1 ? 9 : 10));
    CHECK(shapes_of(plain({k, k}), {1, 1, 9, 9}).y[2] == 9 - k + 1);
    for (const std::int64_t d : {1, 2}) {
      Conv2d same = plain({k, 1}, {1, 1}, {}, {d, 1});
      same.rule = PaddingRule::same;
      const Padding p = same.window({1, 1, 15, 1}).padding;
      CHECK(p.top + p.bottom == d * (k - 1));
      CHECK(p.bottom - p.top == d * (k - 1) % 2);
      CHECK(shapes_of(same, {1, 1, 15, 1}).y[2] == 15);
    }
  }
}

TEST_CASE("lesson: the counter from 824,633,720,832 weights to 1,728") {
  const Conv2d layer = conv(64, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 1, false);
  const LayerShapes s = shapes_of(layer, {1, 3, 256, 256});
  CHECK(s.x.count() == 196608);
  CHECK(s.y.count() == 4194304);
  CHECK(s.x.count() * s.y.count() == 824633720832);
  CHECK(s.x.count() * s.y.count() + s.y.count() == 824637915136);
  // Local weights of its own for every output cell are as many as the convolution has products, padding counted.
  CHECK(s.y.count() * 3 * 3 * 3 == layer.multiply_adds(s));
  CHECK(layer.multiply_adds(s) == 113246208);
  CHECK(s.w.count() == 1728);
}

TEST_CASE("lesson: practice 1, 3 and 4 and the pocket net as stated") {
  CHECK(shapes_of(conv(32, {3, 3}, {1, 1}, {1, 1, 1, 1}), {1, 16, 32, 32}).y == Shape{1, 32, 32, 32});
  const auto trace = record(pocket());
  std::int64_t products = 0, cells = 0;
  for (std::int64_t step = 0; step < trace->size(); ++step) {
    const Block& block = trace->steps().block_of(step);
    if (block.phase == Phase::forward || block.phase == Phase::backward || block.phase == Phase::loss) ++cells;
    if (block.layer != 0 && block.layer != 4) continue;
    const auto& op = trace->net().layer(block.layer).op;
    const LayerShapes& s = trace->net().layer(block.layer).shapes;
    std::visit(
        [&](const auto& layer) {
          layer.taps(block.slot, step - block.first, s, [&](const Tap& tap) {
            if (tap.b.slot == Slot::w || tap.b.slot == Slot::dy) ++products;
          });
        },
        op);
  }
  CHECK(trace->size() == 155);
  CHECK(cells == 135);
  CHECK(products == 3 * (144 + 8));
}
