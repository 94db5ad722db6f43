#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "web/widgets/null_painter.h"
#include "web/widgets/number_grid.h"
#include "web/widgets/number_text.h"

using namespace backstep::ui;
using Kind = DrawnItem::Kind;

namespace {

std::vector<GridCell> cells_of(std::initializer_list<float> values) {
  std::vector<GridCell> cells;
  for (const float v : values) cells.push_back({.value = v});
  return cells;
}

std::string name(int row, int col) { return "conv1.y[0," + std::to_string(row) + "," + std::to_string(col) + "]"; }

}  // namespace

TEST_CASE("grid: cells lie on whole pixels, inside the area, as large as allowed") {
  for (const float w : {100.0F, 301.5F, 777.0F}) {
    for (const int cols : {1, 3, 6, 28}) {
      const Rect area{10.25F, 20.75F, w, 250};
      const GridLayout layout = fit_grid(area, 4, cols, 64);
      const Rect b = layout.bounds();
      CHECK(layout.cell == std::floor(layout.cell));
      CHECK(b.x == std::floor(b.x));
      CHECK(b.w <= area.w);
      CHECK(b.h <= area.h);
      CHECK(layout.cell <= 64);
      // One px more for each cell would not fit, or is not allowed.
      const bool larger_fits = b.w + static_cast<float>(cols) + 2 <= area.w && b.h + 6 <= area.h;
      CHECK((layout.cell == 64 || !larger_fits));
    }
  }
  const GridLayout centred = fit_grid({0, 0, 200, 100}, 2, 2, 30, true);
  CHECK(std::fabs(centred.bounds().centre().x - 100) <= 1);
  CHECK(std::fabs(centred.bounds().centre().y - 50) <= 1);
}

TEST_CASE("grid: spans and points agree with the cells") {
  const GridLayout layout = grid_of({10, 20}, 5, 6, 40);
  CHECK(layout.span_rect(1, 2, 3, 3).x == layout.cell_rect(1, 2).x);
  CHECK(layout.span_rect(1, 2, 3, 3).right() == layout.cell_rect(3, 4).right());
  int row = -1;
  int col = -1;
  CHECK(layout.cell_at(layout.cell_rect(4, 5).centre(), &row, &col));
  CHECK(row == 4);
  CHECK(col == 5);
  CHECK_FALSE(layout.cell_at({9, 30}, &row, &col));
  CHECK_FALSE(layout.cell_at({10 + 6 * 42, 30}, &row, &col));
}

TEST_CASE("grid: cells wider than high hold longer numbers, and points find them") {
  const GridLayout layout = grid_of({10, 20}, 10, 2, 24, 36);
  CHECK(layout.cell_rect(0, 0).w == 60);
  CHECK(layout.cell_rect(0, 0).h == 24);
  CHECK(layout.bounds().w == 2 * 60 + layout.gap);
  int row = -1;
  int col = -1;
  CHECK(layout.cell_at(layout.cell_rect(9, 1).centre(), &row, &col));
  CHECK(row == 9);
  CHECK(col == 1);
  const std::vector<float> shares{0.1234F, 2.345e-5F, 0.8766F};
  CHECK(fit_digits(shares, 18).digits < 4);
  const DigitFit fit = fit_digits(shares, 18, 42);
  REQUIRE(fit.fits);
  CHECK(fit.digits == 4);
  for (const float v : shares) CHECK(text_width(fitted_number(v, fit, 56), fit.style) <= 56);
}

TEST_CASE("grid: digits always fit their cell and stay readable, or there are none") {
  const std::vector<std::vector<float>> sets = {{0, 1, -1, 3},
                                                {0.123456F, -0.98765F, 0.5F},
                                                {1.25e-7F, -3.5e-9F, 4e10F},
                                                {123456, -99999},
                                                {std::numeric_limits<float>::quiet_NaN(), -INFINITY},
                                                {}};
  for (const auto& values : sets) {
    float before = 0;
    for (float cell = 4; cell <= 90; cell += 1) {
      const DigitFit fit = fit_digits(values, cell);
      if (!fit.fits) continue;
      CHECK(fit.style.size >= kSmallestDigits);
      CHECK(fit.style.size <= cell * 0.6F);
      for (const float v : values) {
        const float room = std::max(cell * 0.9F, cell - 4);
        CHECK(text_width(fitted_number(v, fit, room), fit.style) <= room);
      }
      CHECK(fit.digits >= before);  // larger cells never show fewer digits
      before = static_cast<float>(fit.digits);
    }
  }
  CHECK(fit_digits(std::vector<float>{-1, 0, 1}, 60).digits == 4);
  CHECK(fit_digits(std::vector<float>{0.1234F, -0.5678F}, 64).digits == 4);
  CHECK_FALSE(fit_digits(std::vector<float>{0.1234F}, 14).fits);
}

TEST_CASE("grid: every state has its own look, and only values have a fill") {
  std::vector<GridCell> cells(6);
  cells[0] = {.value = 2};
  cells[1] = {.value = 2, .state = CellState::kRunning};
  cells[2] = {.value = 2, .state = CellState::kPending};
  cells[3] = {.state = CellState::kNothing};
  cells[4] = {.value = 2, .state = CellState::kCovered};
  cells[5] = {.value = 2, .dim = true, .letter = 'c'};
  NullPainter painter({500, 100});
  const GridLayout layout = grid_of({10, 20}, 1, 6, 60);
  painter.frame_of([&](Painter& p) { number_grid(p, layout, {.name = "g", .cells = cells, .scale = 2}); });
  const Theme& t = painter.theme();
  const auto fill = [&](int col) {
    for (const DrawnItem& item : painter.items()) {
      if (item.kind == Kind::kFill && item.rect == layout.cell_rect(0, col)) return item.colour;
    }
    return Colour{0, 0, 0, 0};
  };
  const auto texts = [&](int col) {
    std::string all;
    for (const DrawnItem& item : painter.items()) {
      if (item.kind == Kind::kText && layout.cell_rect(0, col).contains(item.rect)) all += item.text;
    }
    return all;
  };
  CHECK(fill(0) == value_colour(t, 2, 2));
  CHECK(fill(1) == t.surface);
  CHECK(fill(2).a == 0);
  CHECK(fill(3).a == 0);
  CHECK(fill(4) == t.surface);  // a covered cell must not betray its value by colour
  CHECK(fill(5) == dimmed(t, value_colour(t, 2, 2)));
  CHECK(texts(0) == "2");
  CHECK(texts(1) == "2");
  CHECK(texts(2).empty());
  CHECK(texts(3).empty());
  CHECK(texts(4) == "?");
  CHECK(texts(5) == "c2");
  CHECK(painter.problems().empty());
}

TEST_CASE("grid: the size of digits does not depend on what is already computed") {
  std::vector<GridCell> cells = cells_of({1, -0.12345F, 2, 3});
  const GridLayout layout = grid_of({10, 20}, 2, 2, 60);
  NullPainter painter({200, 200});
  const auto size = [&] {
    painter.frame_of([&](Painter& p) { number_grid(p, layout, {.name = "g", .cells = cells, .scale = 3}); });
    return painter.find_text("1")->style.size;
  };
  const float all = size();
  cells[1].state = CellState::kPending;
  CHECK(size() == all);
}

TEST_CASE("grid: a running sum that is longer than every value still fits") {
  std::vector<GridCell> cells = cells_of({1, 2});
  cells[0] = {.value = -0.00012345F, .state = CellState::kRunning};
  const GridLayout layout = grid_of({10, 20}, 1, 2, 60);
  NullPainter painter({200, 200});
  painter.frame_of([&](Painter& p) { number_grid(p, layout, {.name = "g", .cells = cells, .scale = 2}); });
  const DrawnItem* text = painter.find_text("−0.0001234");
  REQUIRE(text != nullptr);
  CHECK(layout.cell_rect(0, 0).contains(text->rect));
}

TEST_CASE("grid: cells are named, hovered and clicked one by one; nothing has no area") {
  std::vector<GridCell> cells = cells_of({1, 2, 3, 4});
  cells[3].state = CellState::kNothing;
  const GridLayout layout = grid_of({10, 20}, 2, 2, 40);
  NullPainter painter({200, 200});
  GridHit hit;
  const auto draw = [&](Painter& p) {
    hit = number_grid(p, layout, {.name = "g", .cells = cells, .scale = 4, .label = name});
  };
  painter.frame_of(draw);
  CHECK(painter.areas().size() == 3);
  CHECK(hit.row == -1);
  REQUIRE(painter.click("conv1.y[0,1,0]", draw));
  CHECK(hit.row == 1);
  CHECK(hit.col == 0);
  CHECK(hit.state.clicked);
  painter.pointer().position = layout.cell_rect(0, 1).centre();
  painter.frame_of(draw);
  CHECK(hit.row == 0);
  CHECK(hit.col == 1);
  CHECK(hit.state.hovered);
  painter.pointer().position = layout.cell_rect(1, 1).centre();
  painter.frame_of(draw);
  CHECK(hit.row == -1);
}

TEST_CASE("grid: a large plane is one image with one area that still knows its cells") {
  std::vector<GridCell> cells(100 * 100);
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i].value = static_cast<float>(i % 7) - 3;
  const GridLayout layout = grid_of({0, 0}, 100, 100, 4);
  NullPainter painter({500, 500});
  GridHit hit;
  const auto draw = [&](Painter& p) {
    hit = number_grid(p, layout, {.name = "big", .cells = cells, .scale = 3, .label = name});
  };
  painter.frame_of(draw);
  CHECK(painter.count(Kind::kImage) == 1);
  CHECK(painter.count(Kind::kText) == 0);
  CHECK(painter.areas().size() == 1);
  painter.click_at(layout.cell_rect(42, 17).centre(), draw);
  CHECK(hit.row == 42);
  CHECK(hit.col == 17);
  CHECK(hit.state.clicked);
}

TEST_CASE("grid: what is clipped away is not drawn, and too few cells draw nothing") {
  const std::vector<GridCell> cells = cells_of({1, 2, 3, 4});
  NullPainter painter({200, 200});
  painter.frame_of([&](Painter& p) {
    number_grid(p, grid_of({500, 500}, 2, 2, 40), {.name = "g", .cells = cells, .scale = 4});
    number_grid(p, grid_of({0, 0}, 3, 3, 40), {.name = "g", .cells = cells, .scale = 4});
  });
  CHECK(painter.items().empty());
}

TEST_CASE("grid: every role of a mark looks different") {
  const std::vector<GridCell> cells = cells_of({1});
  std::vector<std::uint64_t> looks;
  for (const MarkRole role : {MarkRole::kWindow, MarkRole::kCurrent, MarkRole::kTerm, MarkRole::kRelated,
                              MarkRole::kHovered, MarkRole::kWinner, MarkRole::kCursor}) {
    NullPainter painter({100, 100});
    const GridMark mark[] = {{role, 0, 0}};
    painter.frame_of([&](Painter& p) {
      number_grid(p, grid_of({20, 20}, 1, 1, 50), {.name = "g", .cells = cells, .scale = 1, .marks = mark});
    });
    looks.push_back(painter.digest());
  }
  for (std::size_t i = 0; i < looks.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) CHECK(looks[i] != looks[j]);
  }
}
