// A matrix of numbers: fill by value, roles by outline and letter.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "web/widgets/grid_layout.h"
#include "web/widgets/painter.h"

namespace backstep::ui {

enum class CellState : std::uint8_t {
  kValue,
  kRunning,  // a sum under way: its number without fill
  kPending,  // not yet computed: an empty outline
  kNothing,  // no number at all (padding, inserted zero): a dashed ring
  kBlank,    // no number, and nothing to look at: where a matrix is empty
  kCovered,  // hidden until revealed: "?"
};

struct GridCell {
  float value = 0;
  CellState state = CellState::kValue;
  bool dim = false;         // takes no part in this step
  std::uint8_t letter = 0;  // 'a' to 'z', 0: none
  float glow = 0;           // 1: has just changed, fades to 0
};

enum class MarkRole : std::uint8_t {
  kWindow,   // input window of the current cell
  kCurrent,  // the cell of this step
  kTerm,     // the operands of the current product
  kRelated,  // what belongs to the hovered cell
  kHovered,
  kWinner,  // the input that a maximum took
  kCursor,  // keyboard position inside the grid
};

struct GridMark {
  MarkRole role = MarkRole::kCurrent;
  int row = 0;
  int col = 0;
  int rows = 1;
  int cols = 1;
};

struct NumberGrid {
  std::string_view name = {};            // dotted id of the grid, unique on the page: "stage.x"
  std::span<const GridCell> cells = {};  // [rows, cols] row-major
  float scale = 0;                       // symmetric scale of the whole tensor, not of this plane
  std::span<const GridMark> marks = {};  // drawn in this order
  // Accessible name of a cell, "conv1.y[0,3,5]"; an empty string makes the cell deaf. Unset: the whole grid is.
  std::function<std::string(int row, int col)> label = {};
  std::uint32_t flags = 0;        // kHitDrag, kHitLongPress for its cells
  bool indices = false;           // row and column numbers along the edges
  float digits = 0;               // px, upper limit of the digit size; 0: none. For grids that should match
  const DigitFit* fit = nullptr;  // fit_digits of the whole tensor, kept by the view; unset: of these cells, each frame
  std::uint64_t version = 0;      // of the values; only used where the grid is drawn as a heat map
};

struct GridHit {
  int row = -1;  // the cell that the pointer is on or holds; -1: none
  int col = -1;
  HitState state;
};

GridHit number_grid(Painter& painter, const GridLayout& layout, const NumberGrid& grid);

// Digit size that fits several grids shown side by side, so that they look like one set: the smallest of theirs.
float common_digits(std::span<const GridLayout> layouts, std::span<const std::span<const GridCell>> cells);

// "X · 6×6" above a grid: a strong title and a dim detail on one baseline, kCaptionHeight px above the cells.
inline constexpr float kCaptionHeight = 24;
void grid_caption(Painter& painter, const GridLayout& layout, std::string_view title, std::string_view detail,
                  bool above_indices = false);

// One mark around a rectangle; number_grid uses it, and views that draw cells elsewhere (tokens in flight).
void draw_mark(Painter& painter, const Rect& cells, MarkRole role, float cell);

}  // namespace backstep::ui
