// The same sums seen another way: what is spread ends where what is gathered ends, and a matrix times its vector is the
// engine's result.
#include "web/app/see.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/explain.h"
#include "web/app/gradient_check.h"
#include "web/app/update.h"
#include "web/views/stage_view.h"

namespace {

using namespace backstep;

// Channels, groups, strides, dilation, a turned kernel and overlapping windows; numbers that round.
constexpr const char* kWindows = R"({
  "backstep": 1, "title": "Windows", "seed": 11,
  "input": {"shape": [2, 2, 5, 6], "data": [
    [[[0.1,1,0,0.3,0,2],[2,0,0,1,2,0],[2,0.7,2,2,3,2],[3,0,1,3,3,0],[3,0,1,0,0.9,0]],
     [[1,1,0,0,0,2],[2,0,0.2,-1,2,0],[2,0,2,2,3,2],[3,0,1,3,-3,0],[3,0,1.1,0,0,0]]],
    [[[1,0,0.6,0,0,1],[0,0,0,1,1,0],[2,0,0.4,2,3,1],[0,0,1,2,3,0],[1,0,1,0.3,0,0]],
     [[1,1,0,0,2,2],[2,0,0,-1,2,0],[0.8,0,2,1,3,2],[3,1,1,3,-3,0],[3,0,1,0.1,0,0]]]]},
  "layers": [
    {"op": "conv2d", "out": 4, "kernel": [3, 2], "groups": 2, "dilation": [1, 2], "padding": [1, 1], "flip": true},
    {"op": "conv2d", "out": 2, "kernel": [3, 3], "stride": [2, 1], "padding": [1, 0]},
    {"op": "max_pool2d", "kernel": [2, 2], "stride": [1, 1]},
    {"op": "conv_transpose2d", "out": 2, "kernel": [2, 3], "stride": [2, 2]},
    {"op": "avg_pool2d", "kernel": [2, 2], "stride": [1, 1]},
    {"op": "flatten"}, {"op": "dense", "out": 2}],
  "loss": {"op": "softmax_cross_entropy"}, "target": [0, 1], "optimizer": {"op": "sgd", "lr": 0.1}
})";

app::Model model_of(const app::Intent& load, See see) {
  app::Model model = app::initial_model();
  app::update(model, load);
  REQUIRE_MESSAGE(!model.state.error, model.state.error->text());
  app::update(model, app::SetSee{see});
  return model;
}

std::vector<app::Intent> all_scenes() {
  return {app::LoadScene{kWindows}, app::LoadPreset{"pocket"}, app::LoadPreset{"stride-padding"},
          app::LoadPreset{"max-pool"}, app::LoadPreset{"single-conv"}};
}

// |error of a float32 sum of n terms in any order| <= gamma(n) sum |terms|, twice for two orders.
double bound(const Explanation& e) {
  double sum = 0;
  for (const ExplainedTerm& term : e.terms) sum += std::fabs(term.value);
  const double n = static_cast<double>(e.terms.size()) + 1, u = std::ldexp(1.0, -24);
  return 2 * n * u / (1 - n * u) * sum;
}

// One pass over the numbers that are spread, in their order, each added at once to every result that it feeds.
std::vector<float> spread_by_hand(const Trace& trace, const Block& block, std::int64_t plane, std::int64_t cells) {
  const Slot slot = views::scattered_slot(block.slot);
  struct Share {
    std::int64_t source, result, group;
    float value;
    bool taken;
  };
  std::vector<Share> shares;
  std::vector<float> bias(static_cast<std::size_t>(cells), 0.0F);
  for (std::int64_t i = 0; i < cells; ++i) {
    for (const ExplainedTerm& term : explain(trace, block.first + plane * cells + i).terms) {
      const Tap& tap = term.tap;
      if (tap.a.slot == Slot::b) bias[static_cast<std::size_t>(i)] = static_cast<float>(term.value);
      if (tap.a.slot != slot && tap.b.slot != slot) continue;
      const std::int64_t source = tap.a.slot == slot ? tap.a.index : tap.b.index;
      shares.push_back({source, i, tap.group, static_cast<float>(term.value), term.taken});
    }
  }
  std::stable_sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) { return a.source < b.source; });
  // The gradient of a weight keeps a subtotal for each row of the spread tensor.
  std::vector<float> total(static_cast<std::size_t>(cells), 0.0F), row(total);
  std::int64_t group = -1;
  const auto close = [&] {
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += row[i], row[i] = 0.0F;
  };
  for (const Share& share : shares) {
    if (block.slot == Slot::dw && share.group != group) close(), group = share.group;
    if (share.taken) row[static_cast<std::size_t>(share.result)] += share.value;
  }
  close();
  for (std::size_t i = 0; i < total.size(); ++i) total[i] += bias[i];
  return total;
}

void expect_scatter_ends_gathered(const app::Intent& load) {
  app::Model model = model_of(load, See::scatter);
  const Trace& trace = *model.trace;
  for (const Block& block : trace.steps().blocks()) {
    app::update(model, app::Seek{block.first, -1});
    if (app::shown_see(model) != See::scatter) continue;
    views::StageView first;
    views::refresh(first, model, -1);
    const std::int64_t cells = first.plan.panels.back().planes.cells();
    for (std::int64_t plane = 0; plane < block.count / cells; ++plane) {
      app::update(model, app::Seek{block.first + (plane + 1) * cells - 1, -1});
      CAPTURE(trace.steps().name(model.step()));
      views::StageView view;
      views::refresh(view, model, -1);
      const std::vector<float> by_hand = spread_by_hand(trace, block, plane, cells);
      for (std::int64_t i = 0; i < cells; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (view.scatter.reached[at] != views::Scatter::Reached::all) continue;
        const Explanation e = explain(trace, block.first + plane * cells + i);
        CHECK(view.scatter.sums[at] == by_hand[at]);
        // Forward and for weights the order is the kernel's; for inputs it runs the other way.
        if (block.slot != Slot::dx && block.layer != 3) CHECK(view.scatter.sums[at] == e.value);
        CHECK(std::fabs(static_cast<double>(view.scatter.sums[at]) - static_cast<double>(e.value)) <= bound(e));
      }
    }
  }
}

void expect_matrix_gives_results(const app::Intent& load, See see) {
  app::Model model = model_of(load, see);
  const Trace& trace = *model.trace;
  for (const Block& block : trace.steps().blocks()) {
    app::update(model, app::Seek{block.first, -1});
    if (app::shown_see(model) != see) continue;
    views::StageView view;
    for (std::int64_t step = block.first; step < block.first + block.count; step += 3) {
      app::update(model, app::Seek{step, -1});
      CAPTURE(trace.steps().name(step));
      views::refresh(view, model, -1);
      const auto part = [&](views::Part which) -> const views::Panel& {
        for (const views::Panel& panel : view.plan.panels) {
          if (panel.part == which) return panel;
        }
        return view.plan.panels.front();
      };
      const views::Panel& matrix = part(views::Part::matrix);
      const views::Panel& vector = part(views::Part::above);
      const views::Panel& output = view.plan.panels.back();
      REQUIRE(matrix.listed);
      for (std::int64_t r = 0; r < matrix.rows.extent; ++r) {
        // Row times vector, in the columns' order; of several channels these are one channel's terms.
        float sum = 0.0F;
        for (std::int64_t c = 0; c < matrix.cols.extent; ++c) {
          const std::int64_t entry = matrix.cell_at(0, r, c);
          if (entry < 0) continue;
          sum += matrix.values()[static_cast<std::size_t>(entry)] *
                 vector.values()[static_cast<std::size_t>(vector.cell_at(0, 0, c))];
        }
        const std::int64_t result = output.cell_at(0, r, 0);
        const Explanation e = explain(trace, block.first + result);
        float wanted = 0.0F;
        const views::Panel* a = view.plan.find(view.e.terms.front().tap.a.slot);
        const views::Panel* b = view.plan.find(view.e.terms.front().tap.b.slot);
        for (const ExplainedTerm& term : e.terms) {
          const bool shown = term.tap.a.slot == a->slot && b && term.tap.b.slot == b->slot &&
                             a->planes.at(term.tap.a.index).plane == view.pairs[view.pair].a_plane &&
                             b->planes.at(term.tap.b.index).plane == view.pairs[view.pair].b_plane;
          if (shown) wanted += static_cast<float>(term.value);
        }
        CHECK(std::fabs(static_cast<double>(sum) - static_cast<double>(wanted)) <= bound(e));
        const bool alone = view.pairs.size() == 1 && e.terms.back().tap.a.slot != Slot::b;
        if (alone) CHECK(std::fabs(static_cast<double>(sum) - static_cast<double>(e.value)) <= bound(e));
      }
    }
  }
}

}  // namespace

TEST_CASE("see: what is spread ends where what is gathered ends") {
  for (const app::Intent& scene : all_scenes()) expect_scatter_ends_gathered(scene);
}

TEST_CASE("see: each input of a dense layer adds its column, each gradient its row") {
  app::Model model = model_of(app::LoadPreset{"pocket"}, See::scatter);
  views::StageView view;
  // The second of four inputs is touched: two shares of two columns are in both scores.
  app::update(model, app::GoTo{"dense1.y[1]"});
  app::update(model, app::PinCell{"dense1.y[0]"});
  app::update(model, app::Pin{app::CellAt{4, Slot::x, 1}});
  views::refresh(view, model, -1);
  CHECK(view.scatter.source == 1);
  CHECK(view.scatter.stamps.size() == 2);
  const Tensor& x = *model.trace->tensor(4, Slot::x);
  const Tensor& w = *model.trace->tensor(4, Slot::w);
  for (std::int64_t o = 0; o < 2; ++o) {
    CHECK(view.scatter.sums[static_cast<std::size_t>(o)] == x[0] * w[o * 4] + x[1] * w[o * 4 + 1]);
    CHECK(view.scatter.reached[static_cast<std::size_t>(o)] == views::Scatter::Reached::some);
  }
  app::update(model, app::LeaveGrid{});
  app::update(model, app::GoTo{"dense1.dx[3]"});
  views::refresh(view, model, -1);
  CHECK(view.scatter.slot == Slot::dy);
  CHECK(view.scatter.finished);
  CHECK(view.scatter.same_bits);
}

TEST_CASE("see: a matrix times its vector is the engine's result, and its transpose the gradient") {
  for (const app::Intent& scene : all_scenes()) {
    expect_matrix_gives_results(scene, See::matrix);
    expect_matrix_gives_results(scene, See::unrolled);
  }
}

TEST_CASE("see: in the pocket net T has 16 rows and 36 columns, and its transpose stands beside it, exact to the bit") {
  app::Model model = model_of(app::LoadPreset{"pocket"}, See::matrix);
  app::update(model, app::GoTo{"conv1.dx[0,2,2]"});
  views::StageView view;
  views::refresh(view, model, -1);
  const views::Panel *across = nullptr, *aside = nullptr;
  for (const views::Panel& panel : view.plan.panels) {
    if (panel.part == views::Part::matrix) across = &panel;
    if (panel.part == views::Part::aside) aside = &panel;
  }
  REQUIRE(across);
  REQUIRE(aside);
  CHECK(across->shape == "36×16");
  CHECK(aside->shape == "16×36");
  app::update(model, app::GoTo{"conv1.y[0,1,1]"});
  views::StageView forward;
  views::refresh(forward, model, -1);
  for (const views::Panel& panel : forward.plan.panels) {
    if (panel.part == views::Part::matrix) CHECK(panel.entries == aside->entries);
  }
  for (std::int64_t r = 0; r < 36; ++r) {
    for (std::int64_t c = 0; c < 16; ++c) CHECK(across->cell_at(0, r, c) == aside->cell_at(0, c, r));
  }
}

TEST_CASE("see: a weight lights every place that it fills in T, an input its column, an output its row") {
  app::Model model = model_of(app::LoadPreset{"pocket"}, See::matrix);
  app::update(model, app::GoTo{"conv1.y[0,1,1]"});
  const auto lit = [&](Slot slot, std::int64_t index) {
    app::update(model, app::Hover{app::CellAt{0, slot, index}});
    views::StageView view;
    views::refresh(view, model, -1);
    std::int64_t count = 0;
    for (std::size_t i = 0; i < view.plan.panels.size(); ++i) {
      if (view.plan.panels[i].part != views::Part::matrix) continue;
      for (const ui::GridCell& cell : view.panels[i].cells) count += cell.state == ui::CellState::kValue && !cell.dim;
    }
    return count;
  };
  CHECK(lit(Slot::w, 4) == 16);
  CHECK(lit(Slot::x, 0) == 1);
  CHECK(lit(Slot::x, 14) == 9);
  CHECK(lit(Slot::y, 5) == 9);
}

TEST_CASE("see: touching a number that is spread shows the results as they are after it") {
  app::Model model = model_of(app::LoadPreset{"pocket"}, See::scatter);
  app::update(model, app::GoTo{"conv1.dx[0,2,2]"});
  for (std::int64_t source = 0; source < 16; ++source) {
    app::update(model, app::Hover{app::CellAt{0, Slot::dy, source}});
    views::StageView view;
    views::refresh(view, model, -1);
    CHECK(view.scatter.source == source);
    CHECK(view.scatter.spread == source + 1);
    CHECK(view.scatter.stamps.size() == 9);
    CHECK(view.scatter.finished == (source == 15));
    CHECK(view.scatter.same_bits);
  }
}

TEST_CASE("see: the flip is an edit like any other, and turns the sign of what an edge filter finds") {
  app::Model model = app::initial_model();
  const std::string before = model.hash;
  const std::vector<float> correlated = model.trace->tensor(0, Slot::y)->data;
  app::update(model, app::EditLayer{0, "flip", "true", ""});
  const std::vector<float>& convolved = model.trace->tensor(0, Slot::y)->data;
  for (std::size_t i = 0; i < correlated.size(); ++i) CHECK(convolved[i] == -correlated[i]);
  app::update(model, app::Undo{});
  CHECK(model.hash == before);
  app::update(model, app::EditLayer{1, "flip", "true", ""});  // a ReLU has no kernel
  CHECK(model.hash == before);
}

TEST_CASE(
    "see: the check of a gradient is there with the inspector, agrees at a good eps and rounds away at a tiny one") {
  app::Model model = app::initial_model();
  app::update(model, app::GoTo{"conv1.dw[0,0,1,1]"});
  CHECK(!model.check);
  app::update(model, app::ToggleInspector{});
  REQUIRE(model.check);
  CHECK(model.check->variable == "conv1.w[0,0,1,1]");
  CHECK(app::agrees(model.check->wide));
  app::update(model, app::SetCheckWidth{36});  // 10^-9
  CHECK(app::agrees(model.check->wide));
  CHECK(!app::agrees(model.check->narrow));
  app::update(model, app::SetCheckWidth{0});  // 1: another winner, another gate
  CHECK(!model.check->kink.empty());
  app::update(model, app::GoTo{"conv1.y[0,0,0]"});
  CHECK(!model.check);
}
