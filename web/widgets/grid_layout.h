// Where the cells of a matrix are, and how large digits may be in them.
#pragma once

#include <span>
#include <string>

#include "web/widgets/font.h"
#include "web/widgets/geometry.h"

namespace backstep::ui {

// Cells on whole pixels with a gap between them: square, or wider than high.
struct GridLayout {
  Vec2 origin;     // top left corner of cell (0, 0)
  float cell = 0;  // px, a cell's height
  float gap = 0;   // px
  int rows = 0;
  int cols = 0;
  float wider = 0;  // px by which a cell is wider than high

  float width() const { return cell + wider; }
  // From one row, and one column, to the next.
  float pitch() const { return cell + gap; }
  float pitch_x() const { return width() + gap; }
  Rect cell_rect(int row, int col) const;
  // From the first cell's corner to the opposite corner of the last one.
  Rect span_rect(int row, int col, int row_count, int col_count) const;
  Rect bounds() const { return span_rect(0, 0, rows, cols); }
  float radius() const { return cell < 10 ? 1.0F : cell < 24 ? 2.0F : 4.0F; }
  // The cell under a point, gaps counted to the cell before them; false outside.
  bool cell_at(Vec2 point, int* row, int* col) const;
};

// The largest such grid inside `area`, centred in it or at its top left, cells no larger than `max_cell` px.
GridLayout fit_grid(const Rect& area, int rows, int cols, float max_cell, bool centred = false);
// The grid with cells of this size (rounded down to whole px) at this place.
GridLayout grid_of(Vec2 origin, int rows, int cols, float cell, float wider = 0);

// How numbers are written in one grid: the same for all its cells, so that it reads evenly.
struct DigitFit {
  TextStyle style;
  int digits = 4;             // significant digits
  bool without_zero = false;  // ".5" instead of "0.5"
  bool fits = false;          // false: colours only, the cells are too small
  float tiny = 0;             // smaller magnitudes may be written "~0" where they do not fit
};

// Largest size at which every value fits its cell; gives up digits before it gives up legibility (kSmallestDigits px).
inline constexpr float kSmallestDigits = 10;
// Digits take at most this share of their cell's height.
inline constexpr float kShareOfHeight = 0.6F;
// Numbers of less than a thousandth of the largest do not decide.
DigitFit fit_digits(std::span<const float> values, float cell, float wider = 0);

// The number with as many digits as `width` px hold, at least those of the fit.
std::string fitted_number(float value, const DigitFit& fit, float width);

}  // namespace backstep::ui
