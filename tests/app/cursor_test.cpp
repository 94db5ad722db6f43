// Moving through time at every grain: what the contract promises of Right, Left, Shift, Home and End.
#include "web/app/cursor.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "engine/explain.h"

using namespace backstep;
using app::at_end;
using app::at_grain;
using app::moved;
using app::moved_by_layer;
using app::placed;

namespace {

std::shared_ptr<const Trace> trace_of(const char* preset) {
  const auto scene = preset_scene(preset);
  REQUIRE(scene);
  return record(scene->problem);
}

std::vector<Cursor> walk(const Trace& trace, Cursor from, int by) {
  std::vector<Cursor> seen{from};
  for (;;) {
    const Cursor next = moved(trace, seen.back(), by);
    if (next == seen.back()) return seen;
    seen.push_back(next);
  }
}

}  // namespace

TEST_CASE("a walk forward and the walk back visit the same positions at every grain") {
  const auto trace = trace_of("pocket");
  for (const Grain grain : {Grain::product, Grain::cell, Grain::channel, Grain::layer}) {
    CAPTURE(grain_name(grain));
    std::vector<Cursor> out = walk(*trace, at_end(*trace, grain, false), 1);
    const std::vector<Cursor> back = walk(*trace, at_end(*trace, grain, true), -1);
    CHECK(out.back() == at_end(*trace, grain, true));
    std::reverse(out.begin(), out.end());
    CHECK(out == back);
  }
}

TEST_CASE("cell grain visits every step, product grain the terms 0 to K of each") {
  const auto trace = trace_of("pocket");
  CHECK(walk(*trace, at_end(*trace, Grain::cell, false), 1).size() == 155);
  std::size_t positions = 0;
  for (std::int64_t step = 0; step < trace->size(); ++step) {
    positions += static_cast<std::size_t>(term_count(*trace, step)) + 1;
  }
  CHECK(walk(*trace, at_end(*trace, Grain::product, false), 1).size() == positions);
}

TEST_CASE("Home at product grain is term 0 of step 0, and Right after the last term is term 0 of the next step") {
  const auto trace = trace_of("pocket");
  const Cursor home = at_end(*trace, Grain::product, false);
  CHECK(home == Cursor{0, 0, Grain::product});
  const std::int64_t K = term_count(*trace, 0);
  CHECK(K == 10);  // nine products and the bias
  CHECK(moved(*trace, home, static_cast<int>(K)) == Cursor{0, K, Grain::product});
  CHECK(moved(*trace, home, static_cast<int>(K) + 1) == Cursor{1, 0, Grain::product});
}

TEST_CASE("at coarser grains the cursor stands on the last cell of its group") {
  const auto trace = trace_of("pocket");
  CHECK(placed(*trace, 3, -1, Grain::channel).step == 15);
  CHECK(placed(*trace, 3, -1, Grain::layer).step == 15);
  const auto dw = trace->steps().parse("conv1.dw[0,0,0,0]");
  const auto dx = trace->steps().parse("conv1.dx[0,5,5]");
  REQUIRE(dw);
  REQUIRE(dx);
  CHECK(placed(*trace, *dw, -1, Grain::layer).step == *dx);
  CHECK(at_grain(*trace, Cursor{3, 2, Grain::product}, Grain::cell) == Cursor{3, -1, Grain::cell});
}

TEST_CASE("Shift goes from layer to layer and back to each one's first cell") {
  const auto trace = trace_of("pocket");
  const Cursor inside{5, -1, Grain::cell};
  CHECK(moved_by_layer(*trace, inside, 1).step == 16);
  CHECK(moved_by_layer(*trace, inside, -1).step == 0);
  CHECK(moved_by_layer(*trace, Cursor{16, -1, Grain::cell}, -1).step == 0);
  const Cursor last = at_end(*trace, Grain::cell, true);
  CHECK(moved_by_layer(*trace, last, 1) == last);
}

TEST_CASE("an edit of the net keeps the cell of the same name, else the layer and phase, else the start") {
  const auto pocket = trace_of("pocket");
  const auto single = trace_of("single-conv");
  const auto y = pocket->steps().parse("conv1.y[0,1,1]");
  REQUIRE(y);
  CHECK(single->steps().name(app::carried_over(*pocket, *single, {*y, -1, Grain::cell}).step) == "conv1.y[0,1,1]");
  const auto relu = pocket->steps().parse("relu1.y[0,1,1]");
  REQUIRE(relu);
  CHECK(app::carried_over(*pocket, *single, {*relu, -1, Grain::cell}).step == 0);
}
