// The convolution kernels against reference.h, bit for bit, for every instruction set of the machine.
#include "engine/kernels/conv_plan.h"
#include "engine/kernels/lanes.h"
#include "engine/layers/conv2d.h"
#include "engine/reference.h"
#include "engine/scratch.h"
#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

struct Numbers {
  Tensor x, w, b, dy;
};
struct Results {
  Tensor y, dw, db, dx;
};

struct Case {
  Conv2d conv;
  LayerShapes shapes;
  std::string text() const {
    const auto pair = [](Pair p) { return std::to_string(p.h) + "x" + std::to_string(p.w); };
    return shapes.x.text() + " to " + shapes.y.text() + " kernel " + pair(conv.kernel) + " stride " +
           pair(conv.stride) + " dilation " + pair(conv.dilation) + " groups " + std::to_string(conv.groups) +
           " padding " + std::to_string(conv.padding.top) + "," + std::to_string(conv.padding.left) + "," +
           std::to_string(conv.padding.bottom) + "," + std::to_string(conv.padding.right);
  }
};

bool add_case(std::vector<Case>& cases, const Shape& x, const Conv2d& conv) {
  const auto shapes = conv.shapes(x);
  if (!shapes || shapes->y.count() > 20000) return false;
  cases.push_back({conv, *shapes});
  return true;
}

Numbers numbers(const Case& c, Rng& rng, Tensor (*fill)(Rng&, const Shape&)) {
  return {fill(rng, c.shapes.x), fill(rng, c.shapes.w), c.conv.bias ? fill(rng, c.shapes.b) : Tensor{},
          fill(rng, c.shapes.y)};
}

Results results(const Case& c) {
  Results out{Tensor(c.shapes.y), Tensor(c.shapes.w), Tensor(Shape{c.conv.out_channels}), Tensor(c.shapes.x)};
  // Kernels overwrite: what was there must not matter.
  for (Tensor* t : {&out.y, &out.dw, &out.db, &out.dx}) std::fill(t->data.begin(), t->data.end(), kInfinity);
  return out;
}

void run(const Case& c, const Numbers& in, Isa isa, Results& out, Scratch* scratch) {
  Pass<float> pass;
  pass.x = &in.x;
  pass.w = &in.w;
  pass.b = c.conv.bias ? &in.b : nullptr;
  pass.dy = &in.dy;
  Outputs<float> forward;
  forward.y = &out.y;
  forward.scratch = scratch;
  c.conv.forward(pass, forward, c.shapes, isa);
  Outputs<float> backward;
  backward.dw = &out.dw;
  backward.db = c.conv.bias ? &out.db : nullptr;
  backward.dx = &out.dx;
  backward.scratch = scratch;
  c.conv.backward(pass, backward, c.shapes, isa);
}

void check_same(const Results& got, const Results& want) {
  CHECK(difference(got.y, want.y) == "");
  CHECK(difference(got.dw, want.dw) == "");
  CHECK(difference(got.db, want.db) == "");
  CHECK(difference(got.dx, want.dx) == "");
}

void check_case(const Case& c, std::uint64_t seed) {
  INFO(c.text());
  for (const auto fill : {&random_tensor, &wild_tensor}) {
    Rng rng(seed);
    const Numbers in = numbers(c, rng, fill);
    Results want = results(c);
    run(c, in, Isa::reference, want, nullptr);
    for (const Isa isa : available_isas()) {
      INFO(std::string(isa_name(isa)), " wild ", fill == &wild_tensor);
      Scratch scratch;
      for (int repeat = 0; repeat < 2; ++repeat) {  // the second one finds the memory used
        Results got = results(c);
        run(c, in, isa, got, &scratch);
        check_same(got, want);
      }
    }
  }
}

Conv2d conv(std::int64_t out, Pair kernel, Pair stride = {1, 1}, std::int64_t padding = 0, Pair dilation = {1, 1},
            std::int64_t groups = 1) {
  Conv2d c;
  c.out_channels = out;
  c.kernel = kernel;
  c.stride = stride;
  c.padding = {padding, padding, padding, padding};
  c.dilation = dilation;
  c.groups = groups;
  return c;
}

}  // namespace

TEST_CASE("convolution kernels: every number of channels and every width up to two tiles") {
  std::vector<Case> cases;
  for (std::int64_t channels = 1; channels <= 41; ++channels) {
    add_case(cases, Shape{1, channels, 4, 5}, conv(3, {3, 3}, {1, 1}, 1));
    add_case(cases, Shape{2, 3, 4, 5}, conv(channels, {3, 3}, {1, 1}, 1));
  }
  for (std::int64_t width = 1; width <= 27; ++width) {
    add_case(cases, Shape{1, 8, 3, width}, conv(8, {3, 3}, {1, 1}, 1));
    add_case(cases, Shape{2, 2, 3, width}, conv(9, {1, 3}, {1, 1}, 1));
    add_case(cases, Shape{1, 16, 2, width}, conv(12, {1, 1}));
    add_case(cases, Shape{width, 20, 1, 1}, conv(10, {1, 1}));
  }
  std::uint64_t seed = 100;
  for (const Case& c : cases) check_case(c, ++seed);
}

TEST_CASE("convolution kernels: strides, dilations, groups, paddings larger than the kernel") {
  std::vector<Case> cases;
  for (const std::int64_t padding : {0, 1, 2, 5, 64}) {
    for (const Pair stride : {Pair{1, 1}, Pair{2, 2}, Pair{3, 1}, Pair{1, 4}, Pair{7, 5}}) {
      for (const Pair dilation : {Pair{1, 1}, Pair{2, 3}}) {
        add_case(cases, Shape{2, 3, 7, 9}, conv(5, {3, 2}, stride, padding, dilation));
        add_case(cases, Shape{1, 9, 1, 1}, conv(8, {3, 3}, stride, padding, dilation));
      }
    }
  }
  for (const std::int64_t groups : {2, 3, 6}) {
    add_case(cases, Shape{2, 6, 5, 6}, conv(12, {3, 3}, {2, 1}, 1, {1, 1}, groups));
    add_case(cases, Shape{1, 18, 5, 6}, conv(6, {2, 3}, {1, 1}, 2, {1, 2}, groups));
    add_case(cases, Shape{1, 54, 3, 6}, conv(66, {1, 3}, {1, 1}, 1, {1, 1}, groups));
  }
  for (const std::int64_t channels : {2, 7, 8, 19}) {  // depthwise, and two outputs for each input
    add_case(cases, Shape{2, channels, 6, 11}, conv(channels, {3, 3}, {1, 1}, 1, {1, 1}, channels));
    add_case(cases, Shape{1, channels, 9, 8}, conv(channels, {5, 2}, {2, 3}, 2, {1, 2}, channels));
    add_case(cases, Shape{1, channels, 6, 5}, conv(2 * channels, {3, 3}, {1, 2}, 1, {1, 1}, channels));
  }
  add_case(cases, Shape{3, 4, 7, 7}, conv(10, {7, 7}));   // a dense layer after an image
  add_case(cases, Shape{2, 3, 9, 5}, conv(4, {9, 3}));    // a kernel as high as the image
  add_case(cases, Shape{2, 16, 1, 40}, conv(8, {1, 5}));  // one dimension
  add_case(cases, Shape{1, 1, 3, 3}, conv(1, {64, 64}, {64, 64}, 64, {64, 64}));
  std::uint64_t seed = 500;
  for (const Case& c : cases) check_case(c, ++seed);
}

TEST_CASE("convolution kernels: 1x1 over more channels than pixels stay near at once") {
  std::vector<Case> cases;
  add_case(cases, Shape{2, 160, 13, 14}, conv(40, {1, 1}));
  add_case(cases, Shape{1, 40, 13, 9}, conv(160, {1, 1}));  // the way back has the channels
  add_case(cases, Shape{1, 160, 25, 25}, conv(24, {1, 1}, {2, 2}));
  add_case(cases, Shape{1, 160, 10, 11}, conv(20, {1, 1}, {1, 1}, 1));
  add_case(cases, Shape{2, 320, 13, 9}, conv(40, {1, 1}, {1, 1}, 0, {1, 1}, 2));
  add_case(cases, Shape{1, 160, 3, 241}, conv(40, {1, 1}, {2, 2}));  // rows that do not follow each other are cut
  add_case(cases, Shape{1, 20, 3, 121}, conv(160, {1, 1}, {2, 2}));
  add_case(cases, Shape{150, 160, 1, 1}, conv(40, {1, 1}));  // a dense layer
  REQUIRE(cases.size() == 8);
  std::uint64_t seed = 900;
  for (const Case& c : cases) check_case(c, ++seed);
}

TEST_CASE("convolution kernels: shapes by chance") {
  Rng rng(7);
  std::vector<Case> cases;
  const auto pick = [&](std::int64_t most) { return 1 + rng.below(most); };
  while (cases.size() < 250) {
    const std::int64_t groups = rng.below(3) == 0 ? pick(4) : 1;
    Conv2d c = conv(groups * pick(rng.below(4) == 0 ? 40 : 9), {pick(5), pick(5)}, {pick(3), pick(3)}, 0,
                    {rng.below(4) == 0 ? pick(3) : 1, rng.below(4) == 0 ? pick(3) : 1}, groups);
    c.padding = {rng.below(4), rng.below(4), rng.below(4), rng.below(4)};
    c.bias = rng.below(2) == 0;
    c.flip = rng.below(5) == 0;
    add_case(cases, Shape{pick(3), groups * pick(rng.below(4) == 0 ? 20 : 6), pick(12), pick(17)}, c);
  }
  std::uint64_t seed = 1000;
  for (const Case& c : cases) check_case(c, ++seed);
}

// Weights and gradients that are not finite beside padding: the halo's zeros must not be multiplied by them.
TEST_CASE("convolution kernels: infinities meet no padding") {
  const float kNaN = std::numeric_limits<float>::quiet_NaN();
  std::vector<Case> cases;
  add_case(cases, Shape{2, 8, 4, 5}, conv(16, {3, 3}, {1, 1}, 1));
  add_case(cases, Shape{1, 1, 6, 5}, conv(8, {3, 3}, {2, 2}, 1));
  add_case(cases, Shape{1, 9, 6, 5}, conv(9, {3, 3}, {1, 1}, 1, {1, 1}, 9));
  std::uint64_t seed = 40;
  for (const Case& c : cases) {
    INFO(c.text());
    for (const float special : {kInfinity, -kInfinity, kNaN}) {
      Rng rng(++seed);
      const Numbers plain = numbers(c, rng, &random_tensor);
      for (int where = 0; where < 3; ++where) {
        Numbers in = plain;
        Tensor& t = where == 0 ? in.w : where == 1 ? in.dy : in.x;
        t[rng.below(t.count())] = special;
        Results want = results(c);
        run(c, in, Isa::reference, want, nullptr);
        for (const Isa isa : available_isas()) {
          INFO(std::string(isa_name(isa)), " operand ", where);
          Results got = results(c);
          run(c, in, isa, got, nullptr);
          check_same(got, want);
        }
      }
    }
  }
}

TEST_CASE("convolution plans: ReLU at the store, roomy halos, and layouts there and back") {
  std::vector<Case> cases;
  add_case(cases, Shape{2, 11, 6, 13}, conv(18, {3, 3}, {1, 1}, 1));
  add_case(cases, Shape{2, 3, 6, 13}, conv(4, {5, 3}, {2, 1}, 2));
  add_case(cases, Shape{2, 160, 13, 14}, conv(40, {1, 1}));
  for (const Case& c : cases) {
    INFO(c.text());
    Rng rng(3);
    const Numbers in = numbers(c, rng, &random_tensor);
    Results want = results(c);
    run(c, in, Isa::reference, want, nullptr);
    const Shape &x = c.shapes.x, &y = c.shapes.y;
    const ConvGeometry g{x[0],
                         x[1],
                         x[2],
                         x[3],
                         y[1],
                         y[2],
                         y[3],
                         c.conv.kernel.h,
                         c.conv.kernel.w,
                         c.conv.stride.h,
                         c.conv.stride.w,
                         1,
                         1,
                         c.conv.padding.top,
                         c.conv.padding.left,
                         1,
                         x[1],
                         y[1]};
    for (const Isa isa : available_isas().subspan(1)) {
      INFO(std::string(isa_name(isa)));
      ConvPlan::Layouts layouts = ConvPlan::layouts(g);
      for (BlockedLayout* l : {&layouts.x, &layouts.y, &layouts.dy, &layouts.dx}) {
        l->halo.top += 1;
        l->halo.right += 3;
      }
      const ConvPlan plan(g, layouts, isa);
      const auto room = [](const BlockedLayout& l) { return std::vector<float>(static_cast<std::size_t>(l.size())); };
      std::vector<float> bx = room(layouts.x), by = room(layouts.y), bdy = room(layouts.dy), bdx = room(layouts.dx);
      to_blocked(layouts.x, in.x.data.data(), bx.data());
      to_blocked(layouts.dy, in.dy.data.data(), bdy.data());
      PackedWeights w, turned;
      plan.pack_forward(in.w.data.data(), w);
      plan.pack_backward(in.w.data.data(), turned);
      Results got = results(c);
      plan.forward(bx.data(), w, in.b.data.data(), true, by.data());
      from_blocked(layouts.y, by.data(), got.y.data.data());
      for (std::int64_t i = 0; i < got.y.count(); ++i) {
        REQUIRE(same_bits(got.y[i], want.y[i] <= 0.0F ? 0.0F : want.y[i]));
      }
      got.y = want.y;
      plan.backward_input(bdy.data(), turned, bdx.data());
      from_blocked(layouts.dx, bdx.data(), got.dx.data.data());
      std::vector<float> work(plan.work());
      plan.backward_weights(bx.data(), bdy.data(), got.dw.data.data(), got.db.data.data(), work.data());
      check_same(got, want);
      Tensor back(x);
      from_blocked(layouts.x, bx.data(), back.data.data());
      CHECK(difference(back, in.x) == "");
      // The halo is still zero.
      double outside = 0.0;
      for (const float value : by) outside += value < 0.0F ? 1.0 : 0.0;
      CHECK(outside == 0.0);
      CHECK(by[0] == 0.0F);
      CHECK(bdx[0] == 0.0F);
    }
  }
}
