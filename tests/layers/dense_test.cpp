#include "engine/layers/dense.h"

#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("dense: two samples, three inputs, two outputs") {
  const auto run = run_by_hand(Examples<Dense>::make(2), tensor({2, 3}, {1, 2, 3, 4, 5, 6}),
                               tensor({2, 3}, {1, 0, -1, 2, 1, 0}), vector({0.5F, -1}), tensor({2, 2}, {1, 2, 3, -1}));
  CHECK(run.y.data == Numbers{-1.5F, 3, -1.5F, 12});
  CHECK(run.dx.data == Numbers{5, 2, -1, 1, -1, -3});
  CHECK(run.dw.data == Numbers{13, 17, 21, -2, -1, 0});
  CHECK(run.db.data == Numbers{4, 1});
}

TEST_CASE("dense: without a bias") {
  const auto run = run_by_hand(Examples<Dense>::make(1, false), tensor({1, 2}, {3, 4}), tensor({1, 2}, {10, 1}), {},
                               tensor({1, 1}, {2}));
  CHECK(run.y.data == Numbers{34});
  CHECK(run.dx.data == Numbers{20, 2});
  CHECK(run.dw.data == Numbers{6, 8});
  CHECK(run.db.empty());
}

TEST_CASE("dense: the lesson's impossible layer is counted in 64 bits, not stored") {
  const Dense d = Examples<Dense>::make(std::int64_t{256} * 256 * 64);
  const LayerShapes s = shapes_of(d, {1, std::int64_t{256} * 256 * 3});
  CHECK(s.w.count() == 824633720832);
  CHECK(s.w.count() + s.b.count() == 824637915136);
  CHECK(d.multiply_adds(s) == 824633720832);
  CHECK(d.field(s.x).whole);
}
