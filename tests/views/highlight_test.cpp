// What is highlighted is what the taps say.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "web/app/update.h"
#include "web/views/stage_view.h"
#include "web/views/taps.h"

namespace {

using namespace backstep;

using Cells = std::set<std::int64_t>;

// The flat indices of a panel's cells that are not dimmed.
Cells lit(const views::StageView& view, Slot slot) {
  Cells out;
  for (std::size_t i = 0; i < view.plan.panels.size(); ++i) {
    const views::Panel& panel = view.plan.panels[i];
    if (panel.slot != slot) continue;
    for (std::int64_t r = 0; r < panel.rows.extent; ++r) {
      for (std::int64_t c = 0; c < panel.cols.extent; ++c) {
        const auto row = panel.rows.cell(r), col = panel.cols.cell(c);
        if (!row || !col || view.panels[i].cells[static_cast<std::size_t>(r * panel.cols.extent + c)].dim) continue;
        out.insert(panel.planes.index({view.panels[i].plane, *row, *col}));
      }
    }
  }
  return out;
}

views::StageView view_of(const app::Model& model) {
  views::StageView view;
  views::refresh(view, model, -1);
  return view;
}

void expect_taps(const app::Model& model, int layer, Slot listing, std::int64_t index, Slot x, Slot w, Slot y) {
  const views::StageView view = view_of(model);
  Cells xs, ws, ys;
  const auto add = [&](const Operand& o) {
    const Slot role = views::primal(o.slot);
    if (role == Slot::x) xs.insert(o.index);
    if (role == Slot::w) ws.insert(o.index);
    if (role == Slot::y) ys.insert(o.index);
  };
  views::visit_taps(model.trace->net().layer(layer), listing, index, [&](const Tap& tap) {
    add(tap.a);
    add(tap.b);
  });
  if (views::primal(listing) == Slot::x) xs.insert(index);
  if (views::primal(listing) == Slot::w) ws.insert(index);
  if (views::primal(listing) == Slot::y) ys.insert(index);
  CHECK(lit(view, x) == xs);
  CHECK(lit(view, w) == ws);
  CHECK(lit(view, y) == ys);
}

}  // namespace

TEST_CASE("highlight: a step lights exactly the cells that its terms read") {
  app::Model model = app::initial_model();
  for (std::int64_t step = 0; step < model.steps(); ++step) {
    app::update(model, app::Seek{step, -1});
    const views::StageView view = view_of(model);
    if (view.plan.form == views::StageForm::kTable) continue;
    for (const views::Panel& panel : view.plan.panels) {
      if (panel.output) continue;
      Cells read;
      for (const ExplainedTerm& term : view.e.terms) {
        if (term.tap.a.slot == panel.slot) read.insert(term.tap.a.index);
        if (term.tap.b.slot == panel.slot) read.insert(term.tap.b.index);
      }
      CAPTURE(model.trace->steps().name(step));
      CAPTURE(panel.title);
      // The input beside a routed gradient is no term: its own cell is lit there.
      if (read.empty() && panel.slot == Slot::x) read.insert(view.e.index);
      CHECK(lit(view, panel.slot) == read);
    }
  }
}

TEST_CASE("highlight: an output, a weight and an input light everything they meet, forward and backward") {
  app::Model model = app::initial_model();
  struct Block {
    const char* cell;
    Slot x, w, y;
  };
  for (const Block& block :
       {Block{"conv1.y[0,1,1]", Slot::x, Slot::w, Slot::y}, Block{"conv1.dx[0,2,2]", Slot::dx, Slot::w, Slot::dy},
        Block{"conv1.dw[0,0,1,2]", Slot::x, Slot::dw, Slot::dy}}) {
    app::update(model, app::GoTo{block.cell});
    for (std::int64_t i = 0; i < 16; ++i) {
      app::update(model, app::Hover{app::CellAt{0, block.y, i}});
      expect_taps(model, 0, Slot::y, i, block.x, block.w, block.y);
    }
    for (std::int64_t i = 0; i < 9; ++i) {
      app::update(model, app::Hover{app::CellAt{0, block.w, i}});
      expect_taps(model, 0, Slot::dw, i, block.x, block.w, block.y);
    }
    for (std::int64_t i = 0; i < 36; ++i) {
      app::update(model, app::Hover{app::CellAt{0, block.x, i}});
      expect_taps(model, 0, Slot::dx, i, block.x, block.w, block.y);
    }
    app::update(model, app::Hover{});
  }
}

TEST_CASE("highlight: a pinned cell of a neighbouring layer is the same tensor here") {
  app::Model model = app::initial_model();
  app::update(model, app::GoTo{"relu1.y[0,1,1]"});
  app::update(model, app::Pin{app::CellAt{0, Slot::y, 7}});  // conv1's output is relu1's input
  const views::StageView view = view_of(model);
  CHECK(view.touched);
  CHECK(lit(view, Slot::x) == Cells{7});
  CHECK(lit(view, Slot::y) == Cells{7});
}

TEST_CASE("highlight: the kernel's letters stand where its cells are used, backwards in the gradient of the input") {
  app::Model model = app::initial_model();
  app::update(model, app::GoTo{"conv1.y[0,1,1]"});
  const views::StageView forward = view_of(model);
  CHECK(forward.panels[0].cells[1 * 6 + 1].letter == 'a');
  CHECK(forward.panels[0].cells[3 * 6 + 3].letter == 'i');
  app::update(model, app::GoTo{"conv1.dx[0,2,2]"});
  const views::StageView back = view_of(model);
  // The padded grid of 8 x 8; the window of (2,2) begins there at (2,2).
  CHECK(back.panels[0].cells[2 * 8 + 2].letter == 'i');
  CHECK(back.panels[0].cells[4 * 8 + 4].letter == 'a');
  CHECK(back.panels[1].cells[0].letter == 'i');
}

TEST_CASE("highlight: cells that are not computed stay empty, and a sum under way is shown as such") {
  app::Model model = app::initial_model();
  app::update(model, app::Seek{5, 4});
  const views::StageView view = view_of(model);
  const auto& cells = view.panels.back().cells;
  CHECK(cells[4].state == ui::CellState::kValue);
  CHECK(cells[5].state == ui::CellState::kRunning);
  CHECK(static_cast<double>(cells[5].value) == view.e.after(4));
  CHECK(cells[6].state == ui::CellState::kPending);
}

TEST_CASE("highlight: the winner of a maximum is marked, but not while the maximum is to be predicted") {
  const auto winners = [](const app::Model& model) {
    const views::StageView view = view_of(model);
    int count = 0;
    for (const ui::GridMark& mark : view.panels[0].marks) count += mark.role == ui::MarkRole::kWinner ? 1 : 0;
    return count;
  };
  app::Model model = app::initial_model();
  app::update(model, app::LoadPreset{"max-pool"});
  app::update(model, app::GoTo{"pool1.y[0,0,0]"});
  CHECK(winners(model) == 1);
  app::update(model, app::Cover{"pool1.y[0,0,0]"});
  CHECK(winners(model) == 0);
  app::update(model, app::Reveal{"pool1.y[0,0,0]"});
  CHECK(winners(model) == 1);
}

TEST_CASE("highlight: the pinned cell keeps its mark while the pointer is on another one") {
  app::Model model = app::initial_model();
  app::update(model, app::GoTo{"conv1.y[0,1,1]"});
  app::update(model, app::Pin{app::CellAt{0, Slot::w, 0}});
  views::StageView view = view_of(model);
  const auto has = [&](ui::MarkRole role, int row, int col) {
    const auto& marks = view.panels[1].marks;
    return std::any_of(marks.begin(), marks.end(), [&](const ui::GridMark& mark) {
      return mark.role == role && mark.row == row && mark.col == col;
    });
  };
  CHECK(has(ui::MarkRole::kHovered, 0, 0));
  app::update(model, app::Hover{app::CellAt{0, Slot::w, 4}});
  views::refresh(view, model, -1);
  CHECK(has(ui::MarkRole::kHovered, 1, 1));
  CHECK(has(ui::MarkRole::kCursor, 0, 0));
  // What keys pin meanwhile is marked at once.
  app::update(model, app::Pin{app::CellAt{0, Slot::w, 8}});
  views::refresh(view, model, -1);
  CHECK(has(ui::MarkRole::kCursor, 2, 2));
  CHECK_FALSE(has(ui::MarkRole::kCursor, 0, 0));
}

TEST_CASE("a loss over pictures shows them as pictures, and lights one pixel of each") {
  app::Model model = app::initial_model();
  app::update(model, app::LoadScene{R"({"backstep": 1, "input": {"shape": [2, 1, 2, 3],
      "data": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}, "layers": [{"op": "relu"}], "loss": {"op": "mse"},
      "target": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "optimizer": {"op": "sgd", "lr": 0.1}})"});
  REQUIRE_FALSE(model.state.error.has_value());
  const Block* dx = model.trace->steps().block(model.trace->net().layer_count(), Slot::dx);
  REQUIRE(dx != nullptr);
  for (const std::int64_t index : {std::int64_t{1}, std::int64_t{10}}) {
    app::update(model, app::SetGrain{Grain::cell});
    app::update(model, app::Seek{dx->first + index, -1});
    const views::StageView view = view_of(model);
    for (const views::Panel& panel : view.plan.panels) {
      CHECK(panel.rows.extent == 2);
      CHECK(panel.cols.extent == 3);
    }
    CHECK(lit(view, Slot::x) == Cells{index});
    CHECK(lit(view, Slot::target) == Cells{index});
    CHECK(view.panels.back().plane == index / 6);
  }
}
