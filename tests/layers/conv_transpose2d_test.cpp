#include "engine/layers/conv_transpose2d.h"

#include "engine/layers/conv2d.h"
#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

namespace {

using Make = Examples<ConvTranspose2d>;

}  // namespace

TEST_CASE("conv_transpose2d: each input paints a scaled kernel") {
  const auto run = run_by_hand(Make::make(1, {2, 2}, {2, 2}), image(2, 2, {1, 2, 3, 4}), image(2, 2, {1, 2, 3, 4}),
                               vector({0}), tensor({1, 1, 4, 4}, Numbers(16, 1)));
  CHECK(run.y.data == Numbers{1, 2, 2, 4, 3, 4, 6, 8, 3, 6, 4, 8, 9, 12, 12, 16});
  CHECK(run.dx.data == Numbers{10, 10, 10, 10});
  CHECK(run.dw.data == Numbers{10, 10, 10, 10});
  CHECK(run.db.data == Numbers{16});
}

TEST_CASE("conv_transpose2d: overlap, output padding and padding") {
  const Tensor x = signal({1, 2}), w = signal({1, 10, 100});
  const auto run = run_by_hand(Make::make(1, {1, 3}, {1, 2}), x, w, vector({0.5F}), signal({1, 2, 3, 4, 5}));
  CHECK(run.y.data == Numbers{1.5F, 10.5F, 102.5F, 20.5F, 200.5F});
  CHECK(run.dx.data == Numbers{1 + 20 + 300, 3 + 40 + 500});
  CHECK(run.dw.data == Numbers{1 + 6, 2 + 8, 3 + 10});
  CHECK(run.db.data == Numbers{15});
  const auto longer =
      run_by_hand(Make::make(1, {1, 3}, {1, 2}, {}, {0, 1}), x, w, vector({0.5F}), signal({1, 2, 3, 4, 5, 6}));
  CHECK(longer.y.data == Numbers{1.5F, 10.5F, 102.5F, 20.5F, 200.5F, 0.5F});
  CHECK(longer.db.data == Numbers{21});
  const auto cut = run_by_hand(Make::make(1, {1, 3}, {1, 2}, {0, 1, 0, 2}), x, w, vector({0}), signal({1, 2}));
  CHECK(cut.y.data == Numbers{10, 102});
  CHECK(cut.dx.data == Numbers{10 + 200, 2});
}

TEST_CASE("conv_transpose2d: dilation and groups") {
  const auto run = run_by_hand(Make::make(1, {1, 2}, {1, 1}, {}, {0, 0}, {1, 3}), signal({1, 2}), signal({1, 10}),
                               vector({0}), signal({1, 1, 1, 1, 2}));
  CHECK(run.y.data == Numbers{1, 2, 0, 10, 20});
  CHECK(run.dx.data == Numbers{11, 21});
  const auto grouped =
      run_by_hand(Make::make(4, {1, 1}, {1, 1}, {}, {0, 0}, {1, 1}, 2, false), tensor({1, 2, 1, 1}, {5, 7}),
                  tensor({2, 2, 1, 1}, {1, 2, 3, 4}), {}, tensor({1, 4, 1, 1}, {1, 10, 100, 1000}));
  CHECK(grouped.y.data == Numbers{5, 10, 21, 28});
  CHECK(grouped.dx.data == Numbers{21, 4300});
  CHECK(grouped.dw.data == Numbers{5, 50, 700, 7000});
}

TEST_CASE("conv_transpose2d: forward is the dX of a convolution, and its dX that convolution, bit for bit") {
  Rng rng(6);
  for (const Isa isa : available_isas()) {
    const Conv2d conv_layer = conv(6, {3, 2}, {2, 3}, {1, 0, 1, 0}, {1, 2}, 2, false);
    auto conv_run = filled_run(conv_layer, {2, 4, 6, 9}, rng, random_tensor);
    conv_run.run(conv_layer, isa);
    ConvTranspose2d back = Make::make(4, {3, 2}, {2, 3}, {1, 0, 1, 0}, {0, 0}, {1, 2}, 2, false);
    // What the convolution's floor dropped.
    const Shape y = conv_run.shapes.y;
    back.output_padding = {6 - ((y[2] - 1) * 2 - 2 + 3), 9 - ((y[3] - 1) * 3 + 3)};
    LayerRun<float> run;
    run.shapes = shapes_of(back, y);
    REQUIRE(run.shapes.y == conv_run.shapes.x);
    REQUIRE(run.shapes.w == conv_run.shapes.w);
    run.x = conv_run.dy;
    run.w = conv_run.w;
    run.dy = conv_run.x;
    run.run(back, isa);
    CHECK(difference(run.y, conv_run.dx) == "");
    CHECK(difference(run.dx, conv_run.y) == "");
    CHECK(difference(run.dw, conv_run.dw) == "");
  }
}

TEST_CASE("conv_transpose2d: counts") {
  const ConvTranspose2d up = Make::make(8, {4, 4}, {2, 2}, {1, 1, 1, 1});
  const LayerShapes s = shapes_of(up, {1, 16, 7, 7});
  CHECK(s.y == Shape{1, 8, 14, 14});
  CHECK(s.w == Shape{16, 8, 4, 4});
  CHECK(up.multiply_adds(s) == 16 * 7 * 7 * 8 * 16);
  CHECK(up.field({1, 16, 7, 7}).transposed);
}
